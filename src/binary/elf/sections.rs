//! Section headers: for the extent of the file and for what no loader reads. No loader looks at them, and a
//! stripped file may have none.

use super::super::limits;
use super::super::source::{Fault, Notes, Source};
use super::header::Header;
use goblin::elf::section_header::{SHN_XINDEX, SectionHeader};
use std::io;

/// The section header table.
#[derive(Default)]
pub(super) struct Sections {
    /// How many entries the headers promise, whether they could be read or not.
    pub(super) promised: u64,
    /// The entries that could be read.
    pub(super) headers: Vec<SectionHeader>,
    names: Vec<u8>,
}

impl Sections {
    /// A section's name, where the names could be read.
    pub(super) fn name(&self, section: &SectionHeader) -> Option<&str> {
        let rest = self.names.get(section.sh_name..)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        std::str::from_utf8(&rest[..end]).ok().filter(|name| !name.is_empty())
    }

    /// The section of a name.
    pub(super) fn find(&self, name: &str) -> Option<&SectionHeader> {
        self.headers.iter().find(|section| self.name(section) == Some(name))
    }
}

/// Reads the table and its names. A table or a section outside the file is not noted here: the extent
/// says so, in one place for every kind of cut.
pub(super) fn read(source: Source<'_>, header: &Header, notes: &mut Notes) -> io::Result<Sections> {
    let raw = &header.raw;
    if raw.e_shoff == 0 {
        if raw.e_shnum != 0 {
            notes.add(format!("the section header table: {} entries but no place", raw.e_shnum));
        }
        return Ok(Sections::default());
    }
    let entry = header.section_header_size();
    if u64::from(raw.e_shentsize) != entry {
        notes.add(format!("the section header table: e_shentsize is {}, not {entry}", raw.e_shentsize));
        return Ok(Sections::default());
    }
    let rest = source.size().saturating_sub(raw.e_shoff);
    let first = if rest >= entry {
        notes.keep("the section header table", table(source, header, 1))?.unwrap_or_default()
    } else {
        Vec::new()
    };
    // More sections than the header's 16 bits can say: the first entry has the number (and, below, the
    // index of the names).
    let promised = match (raw.e_shnum, first.first()) {
        (0, Some(first)) => first.sh_size,
        (0, None) => 1,
        (number, _) => u64::from(number),
    };
    let whole = promised.min(rest / entry);
    let headers = notes.keep("the section header table", table(source, header, whole))?.unwrap_or_default();
    let index = match (u32::from(raw.e_shstrndx), first.first()) {
        (SHN_XINDEX, Some(first)) => first.sh_link,
        (index, _) => index,
    };
    let names = names(source, &headers, index)?;
    let sections = Sections { promised, headers, names };
    for (index, section) in sections.headers.iter().enumerate() {
        if section.sh_offset.checked_add(section.sh_size).is_none() {
            notes.add(format!("section {index}: its offset and size overflow"));
        }
    }
    Ok(sections)
}

fn table(source: Source<'_>, header: &Header, count: u64) -> Result<Vec<SectionHeader>, Fault> {
    let length = count.checked_mul(header.section_header_size());
    let length = length.ok_or_else(|| Fault::content("its number of entries overflows"))?;
    if length == 0 {
        return Ok(Vec::new());
    }
    let bytes = source.part(header.raw.e_shoff, length, limits::SECTION_HEADERS)?;
    let count = usize::try_from(count).map_err(|_| Fault::content("has too many entries"))?;
    SectionHeader::parse_from(&bytes, 0, count, header.context)
        .map_err(|error| Fault::Content(error.to_string()))
}

/// The names; empty where there are none or they lie outside the file (names are a courtesy here).
fn names(source: Source<'_>, headers: &[SectionHeader], index: u32) -> io::Result<Vec<u8>> {
    let section =
        usize::try_from(index).ok().filter(|index| *index != 0).and_then(|index| headers.get(index));
    let Some(section) = section else {
        return Ok(Vec::new());
    };
    match source.part(section.sh_offset, section.sh_size, limits::SECTION_NAMES) {
        Ok(names) => Ok(names),
        Err(Fault::Content(_)) => Ok(Vec::new()),
        Err(Fault::Io(error)) => Err(error),
    }
}
