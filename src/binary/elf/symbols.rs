//! Symbols that other libraries have to define. Not part of the facts that are always read: their number
//! grows with the program, and only some checks ask for them.

use super::super::ReadAt;
use super::super::address::AddressMap;
use super::super::limits;
use super::super::source::{Fault, Notes, Source};
use super::dynamic::Entries;
use super::header::Header;
use super::strings::Strings;
use super::{Class, dynamic, header, segments, versions};
use goblin::elf::dynamic as dt;
use goblin::elf::program_header::PT_DYNAMIC;
use std::io;

/// A symbol that is used here and defined elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undefined {
    /// `pthread_sigmask`
    pub name: String,
    /// The library and the version that it was linked against: `libc.so.6` and `GLIBC_2.32`. None where
    /// there was no version, as always with musl.
    pub version: Option<(String, String)>,
    /// `STB_WEAK`: may be missing.
    pub weak: bool,
}

/// What [`undefined`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Symbols {
    /// The symbols, in the file's order.
    pub undefined: Vec<Undefined>,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// Reads the undefined symbols of the dynamic symbol table; none for a file that is not ELF or not dynamic.
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn undefined(file: &(impl ReadAt + ?Sized)) -> io::Result<Symbols> {
    let source = Source::new(&file);
    let mut notes = Notes::default();
    let magic = notes.keep("", source.part(0, source.size().min(4), 4))?;
    if magic.as_deref() != Some(b"\x7fELF") {
        return Ok(Symbols::default());
    }
    let Some(header) = header::read(source, &mut notes)? else {
        return Ok(Symbols::default());
    };
    let segments = segments::read(source, &header, &mut notes)?;
    let Some(segment) = segments.iter().find(|segment| segment.p_type == PT_DYNAMIC) else {
        return Ok(Symbols { undefined: Vec::new(), inconsistencies: notes.0 });
    };
    let map = segments::loaded(&segments);
    let entries = dynamic::entries(source, &header, segment, &map);
    let entries = notes.keep("the dynamic section (PT_DYNAMIC)", entries)?;
    let mut symbols = Symbols::default();
    if let Some(entries) = entries.filter(|entries| entries.get(dt::DT_SYMTAB).is_some()) {
        let table = Table { source, header: &header, map: &map, entries: &entries };
        symbols.undefined = notes.keep("the symbol table (DT_SYMTAB)", table.read())?.unwrap_or_default();
    }
    symbols.inconsistencies = notes.0;
    Ok(symbols)
}

/// Tags that give the address of a table.
const TABLES: [u64; 9] = [
    dt::DT_STRTAB,
    dt::DT_GNU_HASH,
    dt::DT_VERSYM,
    dt::DT_VERNEED,
    dt::DT_VERDEF,
    dt::DT_RELA,
    dt::DT_REL,
    dt::DT_JMPREL,
    dynamic::DT_RELR,
];

struct Table<'a, 'f> {
    source: Source<'f>,
    header: &'a Header,
    map: &'a AddressMap,
    entries: &'a Entries,
}

impl Table<'_, '_> {
    fn read(&self) -> Result<Vec<Undefined>, Fault> {
        let table = self.entries.get(dt::DT_STRTAB);
        let mut strings = Strings::new(self.source, self.map, table, self.entries.get(dt::DT_STRSZ))?;
        let mut walk = versions::Walk::new(self.source, self.header, self.map, &mut strings);
        walk.needs(self.entries.get(dt::DT_VERNEED), self.entries.get(dt::DT_VERNEEDNUM))?;
        let versions = walk.indices;
        let count = self.count()?;
        let size = if self.header.class == Class::Elf64 { 24 } else { 16 };
        let bytes = self.at(dt::DT_SYMTAB, 0, count.saturating_mul(size))?;
        let indices = match self.entries.get(dt::DT_VERSYM) {
            Some(_) => self.at(dt::DT_VERSYM, 0, count.saturating_mul(2))?,
            None => Vec::new(),
        };
        let indices = self.header.words(&indices);
        let mut undefined = Vec::new();
        let size = if self.header.class == Class::Elf64 { 24 } else { 16 };
        for (index, symbol) in bytes.chunks_exact(size).enumerate().skip(1) {
            let words = self.header.words(symbol);
            // Name first in both; then 64 bits have info, other, section, and 32 bits have them last.
            let info = if self.header.class == Class::Elf64 { 4 } else { 12 };
            if words.u16(info + 2) != Some(0) {
                continue;
            }
            let name = strings.get(words.u32(0).unwrap_or_default().into())?;
            if name.is_empty() {
                continue;
            }
            let version =
                indices.u16(2 * index).map(|version| version & 0x7fff).filter(|version| *version > 1);
            let version = match version {
                None => None,
                Some(version) => Some(versions.get(&version).cloned().ok_or_else(|| {
                    Fault::Content(format!("{name} asks for version {version}, which is not defined"))
                })?),
            };
            undefined.push(Undefined { name, version, weak: symbol[info] >> 4 == 2 });
        }
        Ok(undefined)
    }

    /// `length` bytes from `into` a table that a tag gives the address of.
    fn at(&self, tag: u64, into: u64, length: u64) -> Result<Vec<u8>, Fault> {
        let address = self.entries.get(tag).and_then(|address| address.checked_add(into));
        let place = address.and_then(|address| self.map.locate(address));
        let place = place.filter(|place| place.available >= length);
        let place = place.ok_or_else(|| Fault::Content(format!("no segment maps all of table {tag:#x}")))?;
        self.source.part(place.offset, length, limits::SYMBOLS)
    }

    /// How many symbols have to be looked at; nothing in the file says it outright.
    fn count(&self) -> Result<u64, Fault> {
        if self.entries.get(dt::DT_HASH).is_some() {
            // Of the two numbers at its start the second is that of the symbols. Words have 32 bits but on
            // s390x, where they have 64.
            let wide = self.header.raw.e_machine == 22 && self.header.class == Class::Elf64;
            let start = self.at(dt::DT_HASH, 0, if wide { 16 } else { 8 })?;
            let words = self.header.words(&start);
            let count = if wide { words.u64(8) } else { words.u32(4).map(u64::from) };
            return count.ok_or_else(|| Fault::content("its hash table is cut short"));
        }
        // The GNU hash table numbers only what can be found by name, and GNU ld puts undefined symbols behind
        // that too. So the table goes on to the next one: no linker leaves room for a symbol in between.
        let start = self.entries.get(dt::DT_SYMTAB).unwrap_or_default();
        let behind = TABLES.iter().filter_map(|tag| self.entries.get(*tag)).filter(|table| *table > start);
        let end = behind.min().ok_or_else(|| Fault::content("its size cannot be told"))?;
        Ok((end - start) / if self.header.class == Class::Elf64 { 24 } else { 16 })
    }
}
