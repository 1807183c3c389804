//! Where an ELF file has its constants.

use super::super::address::Mapped;
use super::super::parts::Parts;
use super::super::source::{Notes, Source};
use super::sections::{self, Sections};
use super::{header, segments};
use goblin::elf::program_header::{PT_LOAD, ProgramHeader};
use goblin::elf::section_header::{SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_PROGBITS, SectionHeader};
use std::io;

/// The names of the section with Go's table of functions: the second in a position independent file that
/// was linked before Go 1.26.
const TABLE: [&str; 2] = [".gopclntab", ".data.rel.ro.gopclntab"];

/// By section headers, where there are any: what is mapped, neither code nor written to, but for tables
/// that only unwinding and linking need. Otherwise by segments, whose permissions tell less.
pub(in super::super) fn parts(source: Source<'_>) -> io::Result<Option<Parts<'_>>> {
    let mut notes = Notes::default();
    let Some(header) = header::read(source, &mut notes)? else {
        return Ok(None);
    };
    let sections = sections::read(source, &header, &mut notes)?;
    let table = TABLE.iter().find_map(|name| sections.find(name)).map(of_section);
    let mut constants: Vec<_> =
        sections.headers.iter().filter(|section| constant(&sections, section)).map(of_section).collect();
    if constants.is_empty() {
        constants = by_segments(&segments::read(source, &header, &mut notes)?);
    }
    Ok(Some(Parts { source, order: header.order, table, constants }))
}

fn of_section(section: &SectionHeader) -> Mapped {
    Mapped { address: section.sh_addr, offset: section.sh_offset, length: section.sh_size }
}

fn constant(sections: &Sections, section: &SectionHeader) -> bool {
    let name = sections.name(section).unwrap_or_default();
    let flags = section.sh_flags;
    let kept = flags & u64::from(SHF_WRITE) == 0 || name.starts_with(".data.rel.ro");
    let mapped = flags & u64::from(SHF_ALLOC) != 0 && flags & u64::from(SHF_EXECINSTR) == 0;
    let other = TABLE.contains(&name) || name.starts_with(".eh_frame") || name == ".gcc_except_table";
    section.sh_type == SHT_PROGBITS && mapped && kept && !other
}

/// Read-only data first; then code, with which older linkers map constants together; then the rest.
fn by_segments(segments: &[ProgramHeader]) -> Vec<Mapped> {
    let mut loaded: Vec<_> = segments.iter().filter(|segment| segment.p_type == PT_LOAD).collect();
    loaded.sort_by_key(|segment| (segment.is_write(), segment.is_executable()));
    loaded
        .into_iter()
        .map(|segment| Mapped {
            address: segment.p_vaddr,
            offset: segment.p_offset,
            length: segment.p_filesz,
        })
        .collect()
}
