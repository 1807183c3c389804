//! Looks for the marks, each at its own place: notes, sections, segments, and behind the headers.

use super::super::source::{Fault, Notes, Source};
use super::header::Header;
use super::marks::Marks;
use super::sections::Sections;
use super::{attributes, notes};
use goblin::elf::program_header::{PT_GNU_STACK, ProgramHeader};
use std::io;

/// `EM_MIPS`, `EM_ARM`
const MIPS: u16 = 8;
const ARM: u16 = 40;
/// `PT_MIPS_ABIFLAGS`
const ABIFLAGS: u32 = 0x7000_0003;

/// Reads them.
pub(super) fn read(
    source: Source<'_>,
    header: &Header,
    segments: &[ProgramHeader],
    sections: &Sections,
    faults: &mut Notes,
) -> io::Result<Marks> {
    let mut marks = Marks::default();
    notes::read(source, header, segments, &mut marks, faults)?;
    marks.stack_size =
        segments.iter().find(|segment| segment.p_type == PT_GNU_STACK).map(|segment| segment.p_memsz);
    if header.raw.e_machine == ARM
        && let Some(section) = sections.find(".ARM.attributes")
    {
        let attributes = attributes::read(source, header, section);
        marks.arm = faults.keep("the attributes (.ARM.attributes)", attributes)?;
    }
    if header.raw.e_machine == MIPS
        && let Some(segment) = segments.iter().find(|segment| segment.p_type == ABIFLAGS)
    {
        let flags = source.part(segment.p_offset, 8, 8);
        let flags = faults.keep("the flags of the ABI (PT_MIPS_ABIFLAGS)", flags)?;
        marks.mips_float = flags.map(|flags| flags[7]);
    }
    marks.upx = upx(source, header)?;
    Ok(marks)
}

/// UPX writes its own header, with a mark at the second word, right behind the program headers.
fn upx(source: Source<'_>, header: &Header) -> io::Result<bool> {
    let table = u64::from(header.raw.e_phnum) * u64::from(header.raw.e_phentsize);
    let Some(behind) = header.raw.e_phoff.checked_add(table) else {
        return Ok(false);
    };
    match source.slice(behind, 8).part(4, 4, 4) {
        Ok(mark) => Ok(mark == *b"UPX!"),
        Err(Fault::Content(_)) => Ok(false),
        Err(Fault::Io(error)) => Err(error),
    }
}
