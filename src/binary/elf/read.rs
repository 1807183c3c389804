//! Reads the parts of an ELF file in their order.

use super::super::address::Mapped;
use super::super::source::{Notes, Source};
use super::super::{GoInfo, buildinfo};
use super::sections::Sections;
use super::{DF_1_PIE, Elf, dynamic, extent, header, marked, sections, segments};
use goblin::elf::section_header::SHT_NOBITS;
use std::io;

/// What an ELF file says; none where not even word size and byte order can be read.
pub(in super::super) fn read(source: Source<'_>) -> io::Result<Option<(Elf, GoInfo)>> {
    let mut notes = Notes::default();
    let Some(header) = header::read(source, &mut notes)? else {
        return Ok(None);
    };
    let segments = segments::read(source, &header, &mut notes)?;
    let sections = sections::read(source, &header, &mut notes)?;
    let map = segments::loaded(&segments);
    let interpreter = segments::interpreter(source, &segments, &mut notes)?;
    let dynamic = dynamic::read(source, &header, &segments, &map, &mut notes)?;
    let pie = dynamic.as_ref().is_some_and(|dynamic| dynamic.flags_1 & DF_1_PIE != 0);
    segments::entry_point(&header, &segments, pie, &mut notes);
    let marks = marked::read(source, &header, &segments, &sections, &mut notes)?;
    let writable = segments::writable(&segments);
    let go = buildinfo::read(source, &map, go_section(&sections), &writable)?;
    let elf = Elf {
        class: header.class,
        order: header.order,
        osabi: header.raw.e_ident[7],
        object_type: header.raw.e_type,
        machine: header.raw.e_machine,
        flags: header.raw.e_flags,
        interpreter,
        dynamic,
        marks,
        extent: extent::of(&header, &segments, &sections),
        inconsistencies: notes.0,
    };
    Ok(Some((elf, go)))
}

fn go_section(sections: &Sections) -> Option<Mapped> {
    let section = sections.find(".go.buildinfo").filter(|section| section.sh_type != SHT_NOBITS)?;
    Some(Mapped { address: section.sh_addr, offset: section.sh_offset, length: section.sh_size })
}
