//! Program headers: what the kernel maps.

use super::super::address::{AddressMap, Mapped};
use super::super::limits;
use super::super::source::{Fault, Notes, Source};
use super::header::Header;
use goblin::elf::program_header::{PT_GNU_RELRO, PT_INTERP, PT_LOAD, ProgramHeader};
use std::io;

/// `e_phnum` where the true number is kept in the first section header. The kernel does not look there.
const PN_XNUM: u16 = 0xffff;
/// A program at fixed addresses.
const ET_EXEC: u16 = 2;
/// Object types that are mapped: `ET_EXEC`, `ET_DYN`.
const MAPPED: [u16; 2] = [ET_EXEC, 3];

/// All program headers, or none with a note where the table cannot be read.
pub(super) fn read(source: Source<'_>, header: &Header, notes: &mut Notes) -> io::Result<Vec<ProgramHeader>> {
    let segments = notes.keep("the program header table", table(source, header))?.unwrap_or_default();
    for (index, segment) in segments.iter().enumerate() {
        if segment.p_offset.checked_add(segment.p_filesz).is_none()
            || segment.p_vaddr.checked_add(segment.p_memsz).is_none()
        {
            notes.add(format!("segment {index}: its start and size overflow"));
        }
        if segment.p_type == PT_LOAD && segment.p_filesz > segment.p_memsz {
            notes.add(format!(
                "segment {index}: {} bytes of the file for {} bytes of memory",
                segment.p_filesz, segment.p_memsz
            ));
        }
    }
    overlaps(&segments, notes);
    Ok(segments)
}

fn table(source: Source<'_>, header: &Header) -> Result<Vec<ProgramHeader>, Fault> {
    let raw = &header.raw;
    if raw.e_phnum == 0 {
        return if MAPPED.contains(&raw.e_type) {
            Err(Fault::content("has no entries, so that nothing would be mapped"))
        } else {
            Ok(Vec::new())
        };
    }
    if raw.e_phnum == PN_XNUM {
        return Err(Fault::content("has more entries than e_phnum can hold, which no kernel loads"));
    }
    if u64::from(raw.e_phentsize) != header.program_header_size() {
        return Err(Fault::Content(format!(
            "e_phentsize is {}, not {}",
            raw.e_phentsize,
            header.program_header_size()
        )));
    }
    let length = u64::from(raw.e_phnum) * header.program_header_size();
    let bytes = source.part(raw.e_phoff, length, limits::PROGRAM_HEADERS)?;
    ProgramHeader::parse(&bytes, 0, usize::from(raw.e_phnum), header.context)
        .map_err(|error| Fault::Content(error.to_string()))
}

/// Of two segments at one address it is the order of mapping that decides: tools and loaders would read
/// different things.
fn overlaps(segments: &[ProgramHeader], notes: &mut Notes) {
    let mut loaded: Vec<_> = segments
        .iter()
        .enumerate()
        .filter(|(_, segment)| segment.p_type == PT_LOAD && segment.p_memsz > 0)
        .map(|(index, segment)| (segment.p_vaddr, segment.p_vaddr.saturating_add(segment.p_memsz), index))
        .collect();
    loaded.sort_unstable();
    for pair in loaded.windows(2) {
        if pair[1].0 < pair[0].1 {
            notes.add(format!("segments {} and {} overlap in memory", pair[0].2, pair[1].2));
        }
    }
}

/// Of a program the first instruction has to be mapped (`e_entry`, which is 0 for "none"): the kernel jumps
/// there, or the loader does. A library may have none. Any segment will do: on ppc64 it is a descriptor among
/// the data.
pub(super) fn entry_point(header: &Header, segments: &[ProgramHeader], pie: bool, notes: &mut Notes) {
    let entry = header.raw.e_entry;
    let is_program = header.raw.e_type == ET_EXEC || pie;
    let maps = |segment: &ProgramHeader| {
        segment.p_type == PT_LOAD && entry.checked_sub(segment.p_vaddr).is_some_and(|at| at < segment.p_memsz)
    };
    // Without a program header there is a note already.
    if is_program && !segments.is_empty() && !segments.iter().any(maps) {
        notes.add(format!("the entry point {entry:#x} is in no segment that is mapped"));
    }
}

/// What `PT_LOAD` maps from the file.
pub(super) fn loaded(segments: &[ProgramHeader]) -> AddressMap {
    AddressMap(segments.iter().filter(|segment| segment.p_type == PT_LOAD).map(mapped).collect())
}

fn mapped(segment: &ProgramHeader) -> Mapped {
    Mapped { address: segment.p_vaddr, offset: segment.p_offset, length: segment.p_filesz }
}

/// The writable part of what is mapped: first what stays writable, then what `PT_GNU_RELRO` protects after
/// relocation. In a large PIE the latter comes first in the file and has tens of megabytes of addresses.
pub(super) fn writable(segments: &[ProgramHeader]) -> Vec<Mapped> {
    let protected = segments.iter().find(|segment| segment.p_type == PT_GNU_RELRO);
    let end = protected.map_or(0, |segment| segment.p_vaddr.saturating_add(segment.p_memsz));
    let writable = segments.iter().filter(|segment| segment.p_type == PT_LOAD && segment.is_write());
    let (mut ranges, mut behind) = (Vec::new(), Vec::new());
    for whole in writable.map(mapped) {
        let inside = end.saturating_sub(whole.address).min(whole.length);
        behind.push(Mapped { length: inside, ..whole });
        ranges.push(Mapped {
            address: whole.address.wrapping_add(inside),
            offset: whole.offset.wrapping_add(inside),
            length: whole.length - inside,
        });
    }
    ranges.append(&mut behind);
    ranges
}

/// The first `PT_INTERP`, as the kernel takes it: the whole must end in a NUL, the path ends at the first.
/// Where it cannot be read the text is empty and a note says why; a file with an interpreter must not
/// look like one without.
pub(super) fn interpreter(
    source: Source<'_>,
    segments: &[ProgramHeader],
    notes: &mut Notes,
) -> io::Result<Option<String>> {
    const WHAT: &str = "the interpreter (PT_INTERP)";
    let mut all = segments.iter().filter(|segment| segment.p_type == PT_INTERP);
    let Some(segment) = all.next() else {
        return Ok(None);
    };
    if all.next().is_some() {
        notes.add(format!("{WHAT}: there are two"));
    }
    let bytes = source.part(segment.p_offset, segment.p_filesz, limits::INTERPRETER);
    let Some(bytes) = notes.keep(WHAT, bytes)? else {
        return Ok(Some(String::new()));
    };
    if bytes.last() != Some(&0) {
        notes.add(format!("{WHAT}: does not end in a NUL"));
    }
    let path = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    if path.is_empty() {
        notes.add(format!("{WHAT}: is empty"));
    }
    if std::str::from_utf8(path).is_err() {
        notes.add(format!("{WHAT}: is not UTF-8"));
    }
    Ok(Some(String::from_utf8_lossy(path).into_owned()))
}
