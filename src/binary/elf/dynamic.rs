//! The dynamic section, read as the loader reads it: through its address, and up to `DT_NULL`.

use super::super::address::AddressMap;
use super::super::limits;
use super::super::source::{Fault, Notes, Source};
use super::header::Header;
use super::strings::Strings;
use super::{Dynamic, versions};
use goblin::elf::dynamic as dt;
use goblin::elf::program_header::{PT_DYNAMIC, ProgramHeader};
use std::io;

/// `DT_RELR`, which goblin has no name for.
pub(super) const DT_RELR: u64 = 36;

/// Entries as tag and value.
pub(super) struct Entries(Vec<(u64, u64)>);

impl Entries {
    /// The value of a tag. The last one counts, as in glibc and musl.
    pub(super) fn get(&self, tag: u64) -> Option<u64> {
        self.0.iter().rev().find(|entry| entry.0 == tag).map(|entry| entry.1)
    }

    fn all(&self, tag: u64) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().filter(move |entry| entry.0 == tag).map(|entry| entry.1)
    }
}

/// Reads it. Where it cannot be read, an empty one and a note: a file with a dynamic section must not look
/// like one without.
pub(super) fn read(
    source: Source<'_>,
    header: &Header,
    segments: &[ProgramHeader],
    map: &AddressMap,
    notes: &mut Notes,
) -> io::Result<Option<Dynamic>> {
    const WHAT: &str = "the dynamic section (PT_DYNAMIC)";
    let mut all = segments.iter().filter(|segment| segment.p_type == PT_DYNAMIC);
    let Some(segment) = all.next() else {
        return Ok(None);
    };
    if all.next().is_some() {
        notes.add(format!("{WHAT}: there are two"));
    }
    let Some(entries) = notes.keep(WHAT, entries(source, header, segment, map))? else {
        return Ok(Some(Dynamic::default()));
    };
    let mut dynamic = Dynamic {
        flags: entries.get(dt::DT_FLAGS).unwrap_or_default(),
        flags_1: entries.get(dt::DT_FLAGS_1).unwrap_or_default(),
        relocations: [dt::DT_RELA, dt::DT_REL, DT_RELR].iter().any(|tag| entries.get(*tag).is_some()),
        relr: entries.get(DT_RELR).is_some(),
        ..Dynamic::default()
    };
    contradictions(&entries, notes);
    names(source, header, map, &entries, &mut dynamic, notes)?;
    Ok(Some(dynamic))
}

/// The raw entries up to `DT_NULL`.
pub(super) fn entries(
    source: Source<'_>,
    header: &Header,
    segment: &ProgramHeader,
    map: &AddressMap,
) -> Result<Entries, Fault> {
    let place = map.locate(segment.p_vaddr);
    let place =
        place.ok_or_else(|| Fault::Content(format!("no segment maps its address {:#x}", segment.p_vaddr)))?;
    if place.offset != segment.p_offset {
        return Err(Fault::Content(format!(
            "its address leads to offset {}, its header says {}",
            place.offset, segment.p_offset
        )));
    }
    let bytes = source.part(segment.p_offset, segment.p_filesz, limits::DYNAMIC)?;
    // goblin wants a program header to find the entries by: here they are the whole input.
    let whole = ProgramHeader { p_type: PT_DYNAMIC, p_filesz: segment.p_filesz, ..ProgramHeader::default() };
    let parsed = dt::Dynamic::parse(&bytes, &[whole], header.context);
    let parsed = parsed.map_err(|error| Fault::Content(error.to_string()))?;
    let entries: Vec<_> =
        parsed.into_iter().flat_map(|all| all.dyns).map(|entry| (entry.d_tag, entry.d_val)).collect();
    match entries.last() {
        Some((dt::DT_NULL, _)) => Ok(Entries(entries)),
        _ => Err(Fault::content("it has no end (DT_NULL)")),
    }
}

/// Tags that have to be there once: of two different values loaders and tools choose differently.
fn contradictions(entries: &Entries, notes: &mut Notes) {
    for (tag, name) in [
        (dt::DT_STRTAB, "DT_STRTAB"),
        (dt::DT_STRSZ, "DT_STRSZ"),
        (dt::DT_SYMTAB, "DT_SYMTAB"),
        (dt::DT_SONAME, "DT_SONAME"),
        (dt::DT_RPATH, "DT_RPATH"),
        (dt::DT_RUNPATH, "DT_RUNPATH"),
        (dt::DT_FLAGS, "DT_FLAGS"),
        (dt::DT_FLAGS_1, "DT_FLAGS_1"),
        (dt::DT_VERNEED, "DT_VERNEED"),
        (dt::DT_VERDEF, "DT_VERDEF"),
    ] {
        if entries.all(tag).any(|value| Some(value) != entries.get(tag)) {
            notes.add(format!("the dynamic section: {name} is there twice, with different values"));
        }
    }
}

/// Everything that is a string.
fn names(
    source: Source<'_>,
    header: &Header,
    map: &AddressMap,
    entries: &Entries,
    dynamic: &mut Dynamic,
    notes: &mut Notes,
) -> io::Result<()> {
    let named = [dt::DT_NEEDED, dt::DT_SONAME, dt::DT_RPATH, dt::DT_RUNPATH, dt::DT_VERNEED, dt::DT_VERDEF];
    let table = entries.get(dt::DT_STRTAB);
    if table.is_none() && !named.iter().any(|tag| entries.get(*tag).is_some()) {
        return Ok(());
    }
    let strings = Strings::new(source, map, table, entries.get(dt::DT_STRSZ));
    let Some(mut strings) = notes.keep("the string table (DT_STRTAB)", strings)? else {
        return Ok(());
    };
    for (number, index) in entries.all(dt::DT_NEEDED).enumerate() {
        let what = format!("needed library {} (DT_NEEDED)", number + 1);
        match notes.keep(&what, strings.library(index))? {
            Some(name) if name.is_empty() => notes.add(format!("{what}: its name is empty")),
            Some(name) => dynamic.needed.push(name),
            None => {}
        }
    }
    if let Some(index) = entries.get(dt::DT_SONAME) {
        dynamic.soname = notes.keep("the name of the library (DT_SONAME)", strings.library(index))?;
    }
    let mut path = |tag, what: &str| -> io::Result<Vec<String>> {
        let text = match entries.get(tag) {
            Some(index) => notes.keep(what, strings.get(index))?,
            None => None,
        };
        Ok(text.map_or_else(Vec::new, |text| text.split(':').map(str::to_owned).collect()))
    };
    dynamic.rpath = path(dt::DT_RPATH, "the search path (DT_RPATH)")?;
    dynamic.runpath = path(dt::DT_RUNPATH, "the search path (DT_RUNPATH)")?;
    let mut walk = versions::Walk::new(source, header, map, &mut strings);
    let needs = walk.needs(entries.get(dt::DT_VERNEED), entries.get(dt::DT_VERNEEDNUM));
    dynamic.verneed = notes.keep("the needed versions (DT_VERNEED)", needs)?.unwrap_or_default();
    let definitions = walk.definitions(entries.get(dt::DT_VERDEF), entries.get(dt::DT_VERDEFNUM));
    dynamic.verdef = notes.keep("the defined versions (DT_VERDEF)", definitions)?.unwrap_or_default();
    Ok(())
}
