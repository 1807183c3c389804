//! The walk over the table that both directions share.

use super::super::super::address::AddressMap;
use super::super::super::limits;
use super::super::super::source::{Fault, Notes, Source};
use super::super::dynamic::Entries;
use super::super::header::Header;
use super::super::strings::Strings;
use super::super::{Class, dynamic, header, segments};
use goblin::elf::dynamic as dt;
use goblin::elf::program_header::PT_DYNAMIC;
use std::io;

/// `EM_S390`
const S390: u16 = 22;
/// Symbols that are read at once.
const PIECE: u64 = 4096;

/// The table of one file, with what it takes to read it.
pub(super) struct Table<'f> {
    pub(super) source: Source<'f>,
    pub(super) header: Header,
    pub(super) map: AddressMap,
    pub(super) entries: Entries,
}

/// One entry.
pub(super) struct Symbol {
    /// Index of its name in the string table.
    pub(super) name: u64,
    /// `STB_…`
    pub(super) binding: u8,
    /// `STT_…`
    pub(super) kind: u8,
    /// `st_shndx`: 0 where it is defined elsewhere.
    pub(super) section: u16,
    /// `st_value`
    pub(super) value: u64,
    /// Its entry in `DT_VERSYM`; none where the file has no such table.
    pub(super) version: Option<u16>,
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

impl<'f> Table<'f> {
    /// Finds it; none for a file that is not ELF, is not dynamic or has no symbols, and (with a note) where
    /// what leads to it cannot be read.
    pub(super) fn find(source: Source<'f>, notes: &mut Notes) -> io::Result<Option<Self>> {
        let magic = notes.keep("", source.part(0, source.size().min(4), 4))?;
        if magic.as_deref() != Some(b"\x7fELF") {
            return Ok(None);
        }
        let Some(header) = header::read(source, notes)? else {
            return Ok(None);
        };
        let segments = segments::read(source, &header, notes)?;
        let Some(segment) = segments.iter().find(|segment| segment.p_type == PT_DYNAMIC) else {
            return Ok(None);
        };
        let map = segments::loaded(&segments);
        let entries = dynamic::entries(source, &header, segment, &map);
        let entries = notes.keep("the dynamic section (PT_DYNAMIC)", entries)?;
        let entries = entries.filter(|entries| entries.get(dt::DT_SYMTAB).is_some());
        Ok(entries.map(|entries| Self { source, header, map, entries }))
    }

    /// The names.
    pub(super) fn strings(&self) -> Result<Strings<'f>, Fault> {
        let table = self.entries.get(dt::DT_STRTAB);
        Strings::new(self.source, &self.map, table, self.entries.get(dt::DT_STRSZ))
    }

    /// Shows the first `count` symbols but for the very first, which is none.
    pub(super) fn walk(
        &self,
        count: u64,
        mut visit: impl FnMut(&Symbol) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let size = self.symbol_size();
        self.reaches(dt::DT_SYMTAB, count.saturating_mul(size))?;
        let versioned = self.entries.get(dt::DT_VERSYM).is_some();
        if versioned {
            self.reaches(dt::DT_VERSYM, count.saturating_mul(2))?;
        }
        let mut start = 0;
        while start < count {
            let piece = PIECE.min(count - start);
            let symbols = self.at(dt::DT_SYMTAB, start * size, piece * size)?;
            let versions = if versioned { self.at(dt::DT_VERSYM, start * 2, piece * 2)? } else { Vec::new() };
            let width = if self.header.class == Class::Elf64 { 24 } else { 16 };
            let skip = usize::from(start == 0);
            for (index, bytes) in symbols.chunks_exact(width).enumerate().skip(skip) {
                let version = self.header.words(&versions).u16(2 * index);
                visit(&self.symbol(bytes, version).ok_or_else(|| Fault::content("a symbol is cut short"))?)?;
            }
            start += piece;
        }
        Ok(())
    }

    fn symbol(&self, bytes: &[u8], version: Option<u16>) -> Option<Symbol> {
        let words = self.header.words(bytes);
        // Name first in both; then 64 bits have info, other, section, and 32 bits have them last.
        let wide = self.header.class == Class::Elf64;
        let info = *bytes.get(if wide { 4 } else { 12 })?;
        Some(Symbol {
            name: words.u32(0)?.into(),
            binding: info >> 4,
            kind: info & 15,
            section: words.u16(if wide { 6 } else { 14 })?,
            value: if wide { words.u64(8)? } else { words.u32(4)?.into() },
            version,
        })
    }

    pub(super) fn symbol_size(&self) -> u64 {
        if self.header.class == Class::Elf64 { 24 } else { 16 }
    }

    /// Sees to it that `length` bytes of a table are there and make sense, before any is read.
    pub(super) fn reaches(&self, tag: u64, length: u64) -> Result<(), Fault> {
        let place = self.entries.get(tag).and_then(|address| self.map.locate(address));
        if place.is_none_or(|place| place.available < length) {
            return Err(Fault::Content(format!("no segment maps all of table {tag:#x}")));
        }
        if length > limits::SYMBOLS {
            let limit = limits::SYMBOLS;
            return Err(Fault::Content(format!(
                "{length} bytes, where {limit} are the most that make sense"
            )));
        }
        Ok(())
    }

    /// `length` bytes from `into` a table that a tag gives the address of.
    pub(super) fn at(&self, tag: u64, into: u64, length: u64) -> Result<Vec<u8>, Fault> {
        let address = self.entries.get(tag).and_then(|address| address.checked_add(into));
        let place = address.and_then(|address| self.map.locate(address));
        let place = place.filter(|place| place.available >= length);
        let place = place.ok_or_else(|| Fault::Content(format!("no segment maps all of table {tag:#x}")))?;
        self.source.part(place.offset, length, limits::SYMBOLS)
    }

    /// How many symbols there are; nothing in the file says it outright.
    pub(super) fn count(&self) -> Result<u64, Fault> {
        if let Some(count) = self.hashed()? {
            return Ok(count);
        }
        // The GNU hash table numbers only what can be found by name, and GNU ld puts undefined symbols behind
        // that too. So the table goes on to the next one: no linker leaves room for a symbol in between.
        let start = self.entries.get(dt::DT_SYMTAB).unwrap_or_default();
        let behind = TABLES.iter().filter_map(|tag| self.entries.get(*tag)).filter(|table| *table > start);
        let end = behind.min().ok_or_else(|| Fault::content("its size cannot be told"))?;
        Ok((end - start) / self.symbol_size())
    }

    /// How many symbols lie up to the last that can be found by name. A loader finds no other, so that this
    /// is exact where a tool has moved tables about and left holes; 0 where there is no hash table.
    pub(super) fn findable(&self) -> Result<u64, Fault> {
        if let Some(count) = self.hashed()? {
            return Ok(count);
        }
        if self.entries.get(dt::DT_GNU_HASH).is_none() {
            return Ok(0);
        }
        let cut = || Fault::content("its hash table (DT_GNU_HASH) is cut short");
        let start = self.at(dt::DT_GNU_HASH, 0, 16)?;
        let words = self.header.words(&start);
        let (Some(buckets), Some(first), Some(bloom)) = (words.u32(0), words.u32(4), words.u32(8)) else {
            return Err(cut());
        };
        let bloom = u64::from(bloom) * if self.header.class == Class::Elf64 { 8 } else { 4 };
        let length = 4 * u64::from(buckets);
        let bytes = self.at(dt::DT_GNU_HASH, 16 + bloom, length)?;
        let words = self.header.words(&bytes);
        let last = (0..bytes.len()).step_by(4).filter_map(|at| words.u32(at)).max().unwrap_or_default();
        if last < first || last == 0 {
            return Ok(u64::from(first));
        }
        // Each chain ends at the first odd number; that of the last symbol is the last chain.
        let chains = 16 + bloom + length;
        let mut at = u64::from(last - first);
        while at * self.symbol_size() <= limits::SYMBOLS {
            let place =
                self.entries.get(dt::DT_GNU_HASH).and_then(|start| start.checked_add(chains + 4 * at));
            let place = place.and_then(|address| self.map.locate(address)).ok_or_else(cut)?;
            let bytes = self.source.part(place.offset, place.available.min(256) & !3, 256)?;
            let words = self.header.words(&bytes);
            let ends =
                (0..bytes.len()).step_by(4).filter_map(|at| words.u32(at)).position(|hash| hash & 1 == 1);
            match ends {
                Some(more) => return Ok(u64::from(first) + at + more as u64 + 1),
                None if bytes.is_empty() => return Err(cut()),
                None => at += bytes.len() as u64 / 4,
            }
        }
        Err(Fault::content("its hash table (DT_GNU_HASH) does not end"))
    }

    /// The number in the older hash table, if there is one.
    fn hashed(&self) -> Result<Option<u64>, Fault> {
        if self.entries.get(dt::DT_HASH).is_none() {
            return Ok(None);
        }
        // Of the two numbers at its start the second is that of the symbols. Words have 32 bits; on s390x GNU ld
        // gives them 64, as glibc reads them (`Elf_Symndx`), and LLVM's linker does not. No table has 2^32 buckets.
        let wide = self.header.raw.e_machine == S390 && self.header.class == Class::Elf64;
        let start = self.at(dt::DT_HASH, 0, if wide { 16 } else { 8 })?;
        let words = self.header.words(&start);
        let wide = wide && words.u64(0).is_some_and(|buckets| buckets >> 32 == 0);
        let count = if wide { words.u64(8) } else { words.u32(4).map(u64::from) };
        count.map(Some).ok_or_else(|| Fault::content("its hash table (DT_HASH) is cut short"))
    }
}
