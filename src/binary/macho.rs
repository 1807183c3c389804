//! macOS: the load commands of a Mach-O file, and universal files that hold several.
//!
//! Source: Apple's `mach-o/loader.h` and `mach-o/fat.h`.

use super::address::{AddressMap, Mapped};
use super::layout::{Extent, Order};
use super::limits;
use super::parts::Parts;
use super::source::{Fault, Notes, Source, Words};
use super::{Format, GoInfo, buildinfo};
use goblin::mach::load_command as lc;
use std::io;

/// What the headers say besides the processor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// `cputype` of every architecture: one, or all of a universal file in its order.
    pub architectures: Vec<u32>,
    /// The oldest system it runs on, of the first architecture.
    pub minimum_os: Option<MinimumOs>,
    /// The furthest byte that the headers promise, and what promises it; of a universal file the furthest
    /// architecture's.
    pub extent: Extent,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// `LC_BUILD_VERSION` or `LC_VERSION_MIN_…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumOs {
    /// `PLATFORM_…`: 1 macOS, 2 iOS; 3 tvOS, 4 watchOS.
    pub platform: u32,
    /// Major, minor and patch version: 12.0.0.
    pub version: (u16, u8, u8),
}

/// What a file with one of the Mach-O magics says; none for a Java class.
pub(super) fn read(source: Source<'_>) -> io::Result<Option<(Format, GoInfo)>> {
    let mut notes = Notes::default();
    let mut image = Image::default();
    let start = source.slice(0, 8);
    let Some(start) = notes.keep("the file header", start.part(0, start.size(), 8))? else {
        return Ok(None);
    };
    let go = if start.starts_with(&[0xca, 0xfe, 0xba]) {
        match (Words { bytes: &start, order: Order::Big }).u32(4) {
            Some(count @ 1..=limits::UNIVERSAL) => {
                let first = universal(source, count, start[3] == 0xbf, &mut image, &mut notes)?;
                inside(first, &mut image, &mut notes)?
            }
            _ => return Ok(None),
        }
    } else {
        thin(source, &mut image, &mut notes)?
    };
    image.inconsistencies = notes.0;
    let cpu = image.architectures.first().copied().unwrap_or_default();
    Ok(Some((Format::MachO { cpu, image: Box::new(image) }, go)))
}

/// The table of a universal file; its first architecture.
fn universal<'a>(
    source: Source<'a>,
    count: u32,
    wide: bool,
    image: &mut Image,
    notes: &mut Notes,
) -> io::Result<Option<Source<'a>>> {
    const WHAT: &str = "the table of architectures";
    let entry: usize = if wide { 32 } else { 20 };
    let size = entry as u64 * u64::from(count);
    grow(image, 8, size, WHAT);
    let table = notes.keep(WHAT, source.part(8, size, size))?.unwrap_or_default();
    let mut first = None;
    for (index, entry) in table.chunks_exact(entry).enumerate() {
        let words = Words { bytes: entry, order: Order::Big };
        let (offset, size) = if wide {
            (words.u64(8).unwrap_or_default(), words.u64(16).unwrap_or_default())
        } else {
            (words.u32(8).unwrap_or_default().into(), words.u32(12).unwrap_or_default().into())
        };
        image.architectures.push(words.u32(0).unwrap_or_default());
        grow(image, offset, size, &format!("architecture {index}"));
        first.get_or_insert(source.slice(offset, size));
    }
    Ok(first)
}

/// What is taken from the first architecture of a universal file.
fn inside(first: Option<Source<'_>>, image: &mut Image, notes: &mut Notes) -> io::Result<GoInfo> {
    let Some(first) = first else {
        return Ok(GoInfo::Absent);
    };
    let mut inside = Image::default();
    let go = thin(first, &mut inside, notes)?;
    image.minimum_os = inside.minimum_os;
    Ok(go)
}

/// Where the constants are, and Go's table of functions; of a universal file in its first architecture.
pub(super) fn parts(source: Source<'_>) -> io::Result<Option<Parts<'_>>> {
    let (mut notes, mut image) = (Notes::default(), Image::default());
    let Some(start) = notes.keep("", source.part(0, source.size().min(8), 8))? else {
        return Ok(None);
    };
    let mut source = source;
    if start.starts_with(&[0xca, 0xfe, 0xba]) {
        let count = Words { bytes: &start, order: Order::Big }.u32(4);
        let Some(count) = count.filter(|count| (1..=limits::UNIVERSAL).contains(count)) else {
            return Ok(None);
        };
        let Some(first) = universal(source, count, start[3] == 0xbf, &mut image, &mut notes)? else {
            return Ok(None);
        };
        source = first;
    }
    let Some(Found { order, table, constants, .. }) = commands(source, &mut image, &mut notes)? else {
        return Ok(None);
    };
    Ok(Some(Parts { source, order, table, constants }))
}

/// One architecture.
fn thin(source: Source<'_>, image: &mut Image, notes: &mut Notes) -> io::Result<GoInfo> {
    let Some(Found { map, writable, record, .. }) = commands(source, image, notes)? else {
        return Ok(GoInfo::Absent);
    };
    buildinfo::read(source, &map, record, &writable)
}

/// The load commands of one architecture.
fn commands<'i>(
    source: Source<'_>,
    image: &'i mut Image,
    notes: &mut Notes,
) -> io::Result<Option<Found<'i>>> {
    let start = source.slice(0, 32);
    let mut header = notes.keep("the file header", start.part(0, start.size(), 32))?.unwrap_or_default();
    header.resize(32, 0);
    let (order, wide) = match header[..4] {
        [0xfe, 0xed, 0xfa, last] => (Order::Big, last == 0xcf),
        [first, 0xfa, 0xed, 0xfe] => (Order::Little, first == 0xcf),
        _ => {
            notes.add("the file header: its magic is not that of Mach-O");
            return Ok(None);
        }
    };
    let words = Words { bytes: &header, order };
    let field = |at| words.u32(at).unwrap_or_default();
    image.architectures.push(field(4));
    let (number, size) = (field(16), u64::from(field(20)));
    let start = if wide { 32 } else { 28 };
    grow(image, 0, start, "the file header");
    if source.size() < start {
        notes.add(format!("the file header has {start} bytes, the file {}", source.size()));
    }
    grow(image, start, size, "the load commands");
    let bytes = source.part(start, size, limits::LOAD_COMMANDS);
    let bytes = notes.keep("the load commands", bytes)?.unwrap_or_default();
    let mut found = Found {
        wide,
        order,
        image,
        map: AddressMap::default(),
        writable: Vec::new(),
        record: None,
        table: None,
        constants: Vec::new(),
    };
    notes.keep("the load commands", found.walk(Words { bytes: &bytes, order }, number))?;
    Ok(Some(found))
}

/// What a walk over the load commands collects.
struct Found<'a> {
    wide: bool,
    order: Order,
    image: &'a mut Image,
    map: AddressMap,
    writable: Vec<Mapped>,
    record: Option<Mapped>,
    /// The section with Go's table of functions.
    table: Option<Mapped>,
    constants: Vec<Mapped>,
}

impl Found<'_> {
    fn walk(&mut self, commands: Words<'_>, number: u32) -> Result<(), Fault> {
        let mut rest = commands.bytes;
        if rest.is_empty() {
            return Ok(());
        }
        for index in 0..number {
            let words = Words { bytes: rest, order: commands.order };
            let size = words.u32(4).and_then(|size| usize::try_from(size).ok()).unwrap_or_default();
            let command = rest.get(..size).filter(|_| size >= 8);
            let command = command.ok_or_else(|| {
                Fault::Content(format!("command {index} has {size} of {} bytes", rest.len()))
            })?;
            self.command(Words { bytes: command, ..words });
            rest = &rest[size..];
        }
        Ok(())
    }

    fn command(&mut self, words: Words<'_>) {
        let field = |at| words.u32(at).unwrap_or_default();
        let minimum = |platform, version: u32| {
            let [high, low, minor, patch] = version.to_be_bytes();
            Some(MinimumOs { platform, version: (u16::from_be_bytes([high, low]), minor, patch) })
        };
        match field(0) {
            lc::LC_SEGMENT | lc::LC_SEGMENT_64 => self.segment(words),
            lc::LC_BUILD_VERSION => self.image.minimum_os = minimum(field(8), field(12)),
            lc::LC_VERSION_MIN_MACOSX => self.image.minimum_os = minimum(1, field(8)),
            lc::LC_VERSION_MIN_IPHONEOS => self.image.minimum_os = minimum(2, field(8)),
            lc::LC_VERSION_MIN_TVOS => self.image.minimum_os = minimum(3, field(8)),
            lc::LC_VERSION_MIN_WATCHOS => self.image.minimum_os = minimum(4, field(8)),
            lc::LC_SYMTAB => {
                let size = u64::from(field(12)) * if self.wide { 16 } else { 12 };
                grow(self.image, field(8).into(), size, "the symbol table");
                grow(self.image, field(16).into(), field(20).into(), "the string table");
            }
            _ => {}
        }
    }

    fn segment(&mut self, words: Words<'_>) {
        let word = |index: usize| {
            let value =
                if self.wide { words.u64(24 + 8 * index) } else { words.u32(24 + 4 * index).map(u64::from) };
            value.unwrap_or_default()
        };
        let (address, offset, length) = (word(0), word(2), word(3));
        // Behind the four words: maximum and initial protection, number of sections, flags; then sections.
        let behind = if self.wide { 56 } else { 40 };
        let name = text(words.bytes, 8);
        grow(self.image, offset, length, &format!("segment {name}"));
        let mapped = Mapped { address, offset, length };
        self.map.0.push(mapped);
        if words.u32(behind + 4) == Some(3) {
            self.writable.push(mapped);
        }
        let size = if self.wide { 80 } else { 68 };
        for section in words.bytes.get(behind + 16..).unwrap_or_default().chunks_exact(size) {
            self.section(Words { bytes: section, order: words.order });
        }
    }

    fn section(&mut self, words: Words<'_>) {
        let (address, length, offset) = if self.wide {
            (words.u64(32), words.u64(40), words.u32(48))
        } else {
            (words.u32(32).map(u64::from), words.u32(36).map(u64::from), words.u32(40))
        };
        let Some(((address, length), offset)) = address.zip(length).zip(offset) else {
            return;
        };
        let mapped = Mapped { address, offset: offset.into(), length };
        match &text(words.bytes, 0)[..] {
            "__go_buildinfo" => self.record = Some(mapped),
            "__gopclntab" => self.table = Some(mapped),
            "__rodata" | "__const" | "__cstring" => self.constants.push(mapped),
            _ => {}
        }
    }
}

/// A name of up to 16 bytes.
fn text(bytes: &[u8], at: usize) -> String {
    let name = bytes.get(at..at + 16).unwrap_or_default();
    let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn grow(image: &mut Image, start: u64, length: u64, part: &str) {
    let end = start.saturating_add(length);
    if length > 0 && end > image.extent.end {
        image.extent = Extent { end, part: part.to_owned() };
    }
}
