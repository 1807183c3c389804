//! Where the file has to reach at least. A file that was cut short (a full disk, an interrupted copy)
//! still has a header in perfect order; only this shows it.

use super::Extent;
use super::header::Header;
use super::sections::Sections;
use goblin::elf::program_header::ProgramHeader;
use goblin::elf::section_header::{SHT_NOBITS, SHT_NULL};

/// The furthest of header, tables, segments and sections. Of two that end at one place the first in this
/// order is named.
pub(super) fn of(header: &Header, segments: &[ProgramHeader], sections: &Sections) -> Extent {
    let raw = &header.raw;
    let mut extent = Extent { end: Header::size(header.class), part: "the file header".to_owned() };
    let mut reach = |start: u64, length: u64, part: &dyn Fn() -> String| {
        let end = start.saturating_add(length);
        if length > 0 && end > extent.end {
            extent = Extent { end, part: part() };
        }
    };
    let table = u64::from(raw.e_phnum) * u64::from(raw.e_phentsize);
    reach(raw.e_phoff, table, &|| "the program header table".to_owned());
    for (index, segment) in segments.iter().enumerate() {
        reach(segment.p_offset, segment.p_filesz, &|| format!("segment {index}"));
    }
    let table = sections.promised.saturating_mul(header.section_header_size());
    reach(raw.e_shoff, table, &|| "the section header table".to_owned());
    for (index, section) in sections.headers.iter().enumerate() {
        if section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL {
            reach(section.sh_offset, section.sh_size, &|| match sections.name(section) {
                Some(name) => format!("section {name}"),
                None => format!("section {index}"),
            });
        }
    }
    extent
}
