//! Windows: the headers of a Portable Executable, the libraries it imports, and how far it reaches.
//!
//! Source: Microsoft's "PE Format".

use super::address::{AddressMap, Mapped};
use super::layout::{Extent, Order};
use super::limits;
use super::parts::Parts;
use super::source::{Fault, Notes, Source, Words};
use super::{Format, GoInfo, buildinfo};
use goblin::pe::header::CoffHeader;
use std::io;

/// What the headers say besides the machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// `Subsystem`: 2 a window program, 3 a console program; 0 where there is no optional header.
    pub subsystem: u16,
    /// Names of the libraries in the import table, in order.
    pub imports: Vec<String>,
    /// Packed by UPX: what is in it cannot be read.
    pub upx: bool,
    /// The furthest byte that the headers promise, and what promises it.
    pub extent: Extent,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// Size of one section header.
const SECTION: u64 = 40;
/// Size of one symbol.
const SYMBOL: u64 = 18;
/// Flags of a section: initialised data that can be read and written. Go's record is in the first such.
const DATA: u32 = 0xc000_0040;
/// Flags of a section with constants: initialised data that can be read.
const CONSTANT: u32 = 0x4000_0040;
/// The flags by which such a section is told: its kind (code, initialised, not initialised), and whether it
/// can be executed, read, written to.
const KINDS: u32 = 0xe000_00e0;
/// The bits of these flags that tell nothing but an alignment.
const ALIGNMENT: u32 = 0x00f0_0000;

/// What a file that starts with `MZ` says; none for a DOS program or a text.
pub(super) fn read(source: Source<'_>) -> io::Result<Option<(Format, GoInfo)>> {
    let (mut notes, mut image) = (Notes::default(), Image::default());
    let Some(headers) = headers(source, &mut image, &mut notes)? else {
        return Ok(None);
    };
    let go = headers.read(&mut image, &mut notes)?;
    image.inconsistencies = notes.0;
    Ok(Some((Format::Pe { machine: headers.coff.machine, image: Box::new(image) }, go)))
}

/// Where the constants are: what is initialised, not code and not written to. No section is named for Go's
/// table of functions.
pub(super) fn parts(source: Source<'_>) -> io::Result<Option<Parts<'_>>> {
    let (mut notes, mut image) = (Notes::default(), Image::default());
    let Some(headers) = headers(source, &mut image, &mut notes)? else {
        return Ok(None);
    };
    let sections = headers.sections(&mut image, &mut notes)?;
    let constants = sections.iter().filter(|section| section.flags & KINDS == CONSTANT);
    let constants = constants.map(|section| section.mapped).collect();
    Ok(Some(Parts { source, order: Order::Little, table: None, constants }))
}

fn headers<'a>(source: Source<'a>, image: &mut Image, notes: &mut Notes) -> io::Result<Option<Headers<'a>>> {
    let Some(pointer) = optional(word(source, 0x3c))? else {
        return Ok(None);
    };
    let start = u64::from(pointer);
    grow(image, reach(start, 24, "the file header"));
    if start.saturating_add(4) <= source.size() && !matches!(word(source, start), Ok(0x4550)) {
        return Ok(None);
    }
    let left = source.slice(start + 4, 20);
    let mut coff = notes.keep("the file header", left.part(0, left.size(), 20))?.unwrap_or_default();
    if coff.len() < 20 {
        notes.add(format!("the file header: is cut short after {} of 20 bytes", coff.len()));
    }
    coff.resize(20, 0);
    let Ok(coff) = CoffHeader::parse(&coff, &mut 0) else {
        return Ok(None);
    };
    Ok(Some(Headers { source, start: start + 24, coff }))
}

fn word(source: Source<'_>, at: u64) -> Result<u32, Fault> {
    let bytes = source.part(at, 4, 4)?;
    Words { bytes: &bytes, order: Order::Little }.u32(0).ok_or_else(|| Fault::content("is cut short"))
}

fn optional<T>(result: Result<T, Fault>) -> io::Result<Option<T>> {
    Notes::default().keep("", result)
}

fn reach(start: u64, length: u64, part: &str) -> Extent {
    Extent { end: start.saturating_add(length), part: part.to_owned() }
}

struct Headers<'a> {
    source: Source<'a>,
    /// Offset of the optional header.
    start: u64,
    coff: CoffHeader,
}

impl Headers<'_> {
    fn read(&self, image: &mut Image, notes: &mut Notes) -> io::Result<GoInfo> {
        let size = u64::from(self.coff.size_of_optional_header);
        let optional = self.source.part(self.start, size, size);
        let optional = notes.keep("the optional header", optional)?.unwrap_or_default();
        let words = Words { bytes: &optional, order: Order::Little };
        let (base, directories) = match words.u16(0) {
            Some(0x10b) => (words.u32(28).map(u64::from), 96),
            Some(0x20b) => (words.u64(24), 112),
            Some(other) => {
                notes.add(format!("the optional header: its magic is {other:#x}"));
                (None, optional.len())
            }
            None => (None, 0),
        };
        image.subsystem = words.u16(68).unwrap_or_default();
        let sections = self.sections(image, notes)?;
        self.symbols(image)?;
        let directory = |index: usize| {
            let at = directories + 8 * index;
            words.u32(at).zip(words.u32(at + 4)).filter(|(place, _)| *place != 0)
        };
        if let Some((offset, size)) = directory(4) {
            // The signature: the only directory that has an offset in the file instead of an address.
            grow(image, reach(offset.into(), size.into(), "the certificate table"));
        }
        let map = AddressMap(sections.iter().map(|section| section.mapped).collect());
        if let Some((address, _)) = directory(1) {
            let imports = self.imports(&map, address);
            image.imports = notes.keep("the import table", imports)?.unwrap_or_default();
        }
        let base = base.unwrap_or_default();
        let based = |mapped: Mapped| Mapped { address: mapped.address.saturating_add(base), ..mapped };
        let data: Vec<_> = sections.iter().filter(|section| section.flags & !ALIGNMENT == DATA).collect();
        let data: Vec<_> = data.into_iter().map(|section| based(section.mapped)).collect();
        let map = AddressMap(map.0.into_iter().map(based).collect());
        buildinfo::read(self.source, &map, None, &data)
    }

    fn sections(&self, image: &mut Image, notes: &mut Notes) -> io::Result<Vec<Section>> {
        let start = self.start + u64::from(self.coff.size_of_optional_header);
        let size = u64::from(self.coff.number_of_sections) * SECTION;
        grow(image, reach(start, size, "the section table"));
        let table = self.source.part(start, size, size);
        let table = notes.keep("the section table", table)?.unwrap_or_default();
        let mut sections = Vec::new();
        for entry in table.chunks_exact(40) {
            let words = Words { bytes: entry, order: Order::Little };
            let field = |at| words.u32(at).unwrap_or_default();
            let (memory, address, raw, offset) = (field(8), field(12), field(16), field(20));
            let name = entry[..8].split(|byte| *byte == 0).next().unwrap_or_default();
            let name = String::from_utf8_lossy(name);
            image.upx |= name == "UPX0";
            if raw > 0 && offset > 0 {
                grow(image, reach(offset.into(), raw.into(), &format!("section {name}")));
            }
            let length = if memory == 0 { raw } else { raw.min(memory) };
            let mapped = Mapped { address: address.into(), offset: offset.into(), length: length.into() };
            sections.push(Section { mapped, flags: field(36) });
        }
        Ok(sections)
    }

    /// Symbols and their strings, which Go's linker puts last.
    fn symbols(&self, image: &mut Image) -> io::Result<()> {
        let start = u64::from(self.coff.pointer_to_symbol_table);
        if start != 0 {
            let size = u64::from(self.coff.number_of_symbol_table) * SYMBOL;
            grow(image, reach(start, size + 4, "the symbol table"));
            if let Some(strings) = optional(word(self.source, start + size))? {
                grow(image, reach(start + size, strings.into(), "the string table"));
            }
        }
        Ok(())
    }

    /// Descriptors of five words, the fourth leading to a name, up to one without a name.
    fn imports(&self, map: &AddressMap, table: u32) -> Result<Vec<String>, Fault> {
        let at = |address: u64| {
            map.locate(address).ok_or_else(|| Fault::Content(format!("no section holds {address:#x}")))
        };
        let mut names = Vec::new();
        for index in 0..limits::IMPORTS as u64 {
            let place = at(u64::from(table) + 20 * index)?;
            match word(self.source, place.offset.saturating_add(12))? {
                0 => return Ok(names),
                name => {
                    let place = at(name.into())?;
                    names.push(self.source.text(place.offset, place.available, 4096)?);
                }
            }
        }
        Err(Fault::content("has more entries than makes sense"))
    }
}

struct Section {
    mapped: Mapped,
    flags: u32,
}

fn grow(image: &mut Image, other: Extent) {
    if other.end > image.extent.end {
        image.extent = other;
    }
}
