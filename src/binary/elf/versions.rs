//! Version tables, found through `DT_VERNEED` and `DT_VERDEF` as the loader finds them. Section headers
//! name the same tables, but a file runs without section headers, and would then seem to need no version.
//!
//! Structures: LSB Core, "Symbol Versioning"; rules: glibc `elf/dl-version.c`.

use super::super::address::{AddressMap, Place};
use super::super::limits;
use super::super::source::{Fault, Source};
use super::header::Header;
use super::strings::Strings;
use super::{NeededVersion, VersionNeed};
use std::collections::BTreeMap;

/// `VER_FLG_BASE`: the entry that names the file itself.
const BASE: u16 = 1;
/// `VER_FLG_WEAK`
const WEAK: u16 = 2;

/// A walk over the tables, with a limit on the steps in each.
pub(super) struct Walk<'a, 's> {
    source: Source<'a>,
    header: &'s Header,
    map: &'s AddressMap,
    strings: &'s mut Strings<'a>,
    steps: usize,
    /// Library and version by the number that symbols use; filled by [`Self::needs`], and by
    /// [`Self::definitions`] with no library's name.
    pub(super) indices: BTreeMap<u16, (String, String)>,
}

impl<'a, 's> Walk<'a, 's> {
    pub(super) fn new(
        source: Source<'a>,
        header: &'s Header,
        map: &'s AddressMap,
        strings: &'s mut Strings<'a>,
    ) -> Self {
        Self { source, header, map, strings, steps: limits::VERSIONS, indices: BTreeMap::new() }
    }

    /// What is asked of each library.
    pub(super) fn needs(
        &mut self,
        table: Option<u64>,
        count: Option<u64>,
    ) -> Result<Vec<VersionNeed>, Fault> {
        let mut needs = Vec::new();
        let Some(mut place) = self.start(table)? else {
            return Ok(needs);
        };
        loop {
            let [version, number, file, aux, next] = self.need(place)?;
            supported(version)?;
            let file = self.strings.library(file)?;
            let mut versions = Vec::new();
            let mut at = forward(place, aux)?;
            for left in (0..number).rev() {
                let (index, [hash, flags, name, next]) = self.needed_version(at)?;
                let name = self.strings.get(name)?;
                if u64::from(hash_of(&name)) != hash {
                    return Err(Fault::Content(format!("the hash of {name} is not that of its name")));
                }
                // Both are kept once more by the number, and the file with each version that is asked of it.
                self.strings.charge(2 * file.len() as u64 + name.len() as u64)?;
                self.indices.insert(index & 0x7fff, (file.clone(), name.clone()));
                versions.push(NeededVersion { name, weak: flags & u64::from(WEAK) != 0 });
                if left > 0 {
                    at = advance(at, next)?;
                } else if next != 0 {
                    return Err(Fault::content("goes on behind its number of names"));
                }
            }
            needs.push(VersionNeed { file, versions });
            if next == 0 {
                break;
            }
            place = forward(place, next)?;
        }
        counted(needs.len(), count)?;
        Ok(needs)
    }

    /// Names that this file defines, without the base entry.
    pub(super) fn definitions(
        &mut self,
        table: Option<u64>,
        count: Option<u64>,
    ) -> Result<Vec<String>, Fault> {
        let mut names = Vec::new();
        let mut entries = 0;
        let Some(mut place) = self.start(table)? else {
            return Ok(names);
        };
        loop {
            let (index, [version, flags, number, hash, aux, next]) = self.definition(place)?;
            supported(version)?;
            entries += 1;
            if number == 0 {
                return Err(Fault::content("a definition has no name"));
            }
            // The first name is the version's own, the others are its predecessors.
            let at = self.word(forward(place, aux)?, 0)?;
            let name = self.strings.get(at)?;
            if u64::from(hash_of(&name)) != hash {
                return Err(Fault::Content(format!("the hash of {name} is not that of its name")));
            }
            if flags & u64::from(BASE) == 0 {
                self.indices.insert(index & 0x7fff, (String::new(), name.clone()));
                names.push(name);
            }
            if next == 0 {
                break;
            }
            place = forward(place, next)?;
        }
        counted(entries, count)?;
        Ok(names)
    }

    fn start(&mut self, table: Option<u64>) -> Result<Option<Place>, Fault> {
        self.steps = limits::VERSIONS;
        let Some(address) = table else {
            return Ok(None);
        };
        let place = self.map.locate(address);
        place.map(Some).ok_or_else(|| Fault::Content(format!("no segment maps its address {address:#x}")))
    }

    /// `Elf_Verneed`: version, number of names, file, first name, next entry.
    fn need(&mut self, place: Place) -> Result<[u64; 5], Fault> {
        let bytes = self.entry(place, 16)?;
        let words = self.header.words(&bytes);
        let fields = (words.u16(0), words.u16(2), words.u32(4), words.u32(8), words.u32(12));
        let (Some(version), Some(number), Some(file), Some(aux), Some(next)) = fields else {
            return Err(Fault::content("an entry is cut short"));
        };
        Ok([version.into(), number.into(), file.into(), aux.into(), next.into()])
    }

    /// `Elf_Vernaux`: the number that symbols use; hash, flags, name, next name.
    fn needed_version(&mut self, place: Place) -> Result<(u16, [u64; 4]), Fault> {
        let bytes = self.entry(place, 16)?;
        let words = self.header.words(&bytes);
        let fields = (words.u32(0), words.u16(4), words.u16(6), words.u32(8), words.u32(12));
        let (Some(hash), Some(flags), Some(index), Some(name), Some(next)) = fields else {
            return Err(Fault::content("an entry is cut short"));
        };
        Ok((index, [hash.into(), flags.into(), name.into(), next.into()]))
    }

    /// `Elf_Verdef`: the number that symbols use; version, flags, number of names, hash, first name, next entry.
    fn definition(&mut self, place: Place) -> Result<(u16, [u64; 6]), Fault> {
        let bytes = self.entry(place, 20)?;
        let words = self.header.words(&bytes);
        let fields = (words.u16(0), words.u16(2), words.u16(6), words.u32(8), words.u32(12), words.u32(16));
        let (Some(version), Some(flags), Some(number), Some(hash), Some(aux), Some(next)) = fields else {
            return Err(Fault::content("an entry is cut short"));
        };
        let index = words.u16(4).unwrap_or_default();
        Ok((index, [version.into(), flags.into(), number.into(), hash.into(), aux.into(), next.into()]))
    }

    /// The first word of an `Elf_Verdaux`: its name.
    fn word(&mut self, place: Place, at: usize) -> Result<u64, Fault> {
        let bytes = self.entry(place, 8)?;
        let word = self.header.words(&bytes).u32(at);
        word.map(u64::from).ok_or_else(|| Fault::content("an entry is cut short"))
    }

    fn entry(&mut self, place: Place, length: u64) -> Result<Vec<u8>, Fault> {
        let steps = self.steps.checked_sub(1);
        self.steps = steps.ok_or_else(|| Fault::content("has more entries than makes sense"))?;
        if place.available < length {
            return Err(Fault::content("leaves its segment"));
        }
        self.source.part(place.offset, length, length)
    }
}

fn supported(version: u64) -> Result<(), Fault> {
    match version {
        1 => Ok(()),
        other => Err(Fault::Content(format!("an entry has version {other}, not 1"))),
    }
}

/// The loader goes by the links, readelf by the number: they have to agree.
fn counted(entries: usize, count: Option<u64>) -> Result<(), Fault> {
    match count {
        Some(count) if count == entries as u64 => Ok(()),
        Some(count) => Err(Fault::Content(format!("{entries} entries, where its number says {count}"))),
        None => Err(Fault::content("has no number of entries")),
    }
}

/// `distance` bytes further in the same segment.
fn forward(place: Place, distance: u64) -> Result<Place, Fault> {
    let available = place.available.checked_sub(distance).filter(|available| *available > 0);
    let available = available.ok_or_else(|| Fault::content("leaves its segment"))?;
    // The rest of a segment is inside the file's 64 bits, which `AddressMap` saw to.
    let offset = place.offset.checked_add(distance);
    let offset = offset.ok_or_else(|| Fault::content("leaves the file"))?;
    Ok(Place { offset, available })
}

/// [`forward`] to a next name, which has to be a step.
fn advance(place: Place, distance: u64) -> Result<Place, Fault> {
    if distance == 0 {
        Err(Fault::content("ends before its number of names"))
    } else {
        forward(place, distance)
    }
}

/// The System V ABI's hash, by which the loader compares version names.
fn hash_of(name: &str) -> u32 {
    name.bytes().fold(0_u32, |hash, byte| {
        let hash = (hash << 4).wrapping_add(u32::from(byte));
        let top = hash & 0xf000_0000;
        (hash ^ (top >> 24)) & !top
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn version_names_are_hashed_as_the_loader_does() {
        // From `readelf -V` of files that GNU ld made.
        assert_eq!(super::hash_of("GLIBC_2.2.5"), 0x0969_1a75);
        assert_eq!(super::hash_of("GLIBC_2.34"), 0x0696_91b4);
    }
}
