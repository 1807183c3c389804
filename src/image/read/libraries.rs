//! Every loader and shared library of a tree.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::budget::of_texts;
use super::view::View;
use crate::binary::elf::{self, Binding, Class, DF_1_PIE, Elf, Order, VersionNeed};
use crate::binary::{self, Format, ReadAt};
use crate::error::io_reason;
use crate::image::exports::{Exports, Wanted};
use crate::image::read::Kind;
use crate::image::root::{Asked, Library};

/// Nothing smaller can be loaded (`Elf32_Ehdr` and one program header).
const SMALLEST: u64 = 52 + 32;
/// What the facts of one take beside its texts: a half-filled node of a map, and lists that have room left.
const LIBRARY: u64 = 1024;
/// More libraries than any image has; what comes behind them is a note.
const LIBRARIES: usize = 50_000;

/// All of them, by the path of the file itself.
pub(super) fn all(view: &View<'_>) -> io::Result<BTreeMap<String, Library>> {
    let mut found = BTreeMap::new();
    for (path, entry) in view.entries() {
        if entry.kind != Kind::File || entry.size < SMALLEST {
            continue;
        }
        let is_elf = view.head(path, 18).is_some_and(|head| is_shared_object(&head));
        if !is_elf {
            continue;
        }
        if found.len() == LIBRARIES {
            view.note(format!("there are more than {LIBRARIES} shared libraries; the rest was not read"));
            break;
        }
        let Some(file) = view.try_open(path) else { continue };
        match library(&*file) {
            Ok(Some(library)) => {
                view.spend(LIBRARY + path.len() as u64 + of_texts(texts(&library)))?;
                found.insert(path.to_owned(), Library { mode: Some(entry.mode & 0o7777), ..library });
            }
            Ok(None) => {}
            Err(error) => view.note(format!("cannot read {path}: {}", io_reason(&error))),
        }
    }
    Ok(found)
}

/// Every text of a library but for its symbols.
fn texts(library: &Library) -> impl Iterator<Item = &str> {
    let lists = [&library.needed, &library.rpath, &library.runpath, &library.inconsistencies];
    let asked = library.verneed.iter().flat_map(|asked| [&asked.file, &asked.version]);
    let texts = lists.into_iter().flatten().chain(&library.soname).chain(library.verdef.iter().flatten());
    texts.chain(asked).map(String::as_str)
}

/// `ET_DYN`, asked of the first bytes alone: most files of an image are not even ELF.
fn is_shared_object(head: &[u8]) -> bool {
    let object_type = match head.get(5) {
        Some(1) => [3, 0],
        Some(2) => [0, 3],
        _ => return false,
    };
    head.starts_with(b"\x7fELF") && head.get(16..18) == Some(&object_type)
}

/// The facts of one; none for what is a program: position independent and says so.
fn library(file: &dyn ReadAt) -> io::Result<Option<Library>> {
    let Format::Elf(elf) = binary::read(file)?.format else { return Ok(None) };
    let Elf { class, order, machine, flags, dynamic, inconsistencies, .. } = *elf;
    // A library that cannot be read is still there: what it offers is what cannot be told.
    let dynamic = match dynamic {
        None if inconsistencies.is_empty() => return Ok(None),
        dynamic => dynamic.unwrap_or_default(),
    };
    if dynamic.flags_1 & DF_1_PIE != 0 {
        return Ok(None);
    }
    // A table of definitions always has an entry besides the base, so no names means no table.
    let verdef: BTreeSet<String> = dynamic.verdef.into_iter().collect();
    Ok(Some(Library {
        bits: if class == Class::Elf64 { 64 } else { 32 },
        big_endian: order == Order::Big,
        machine,
        flags,
        mode: None,
        soname: dynamic.soname,
        needed: dynamic.needed,
        rpath: dynamic.rpath,
        runpath: dynamic.runpath,
        flags_1: dynamic.flags_1,
        verdef: (!verdef.is_empty()).then_some(verdef),
        verneed: dynamic.verneed.into_iter().flat_map(asked).collect(),
        relr: dynamic.relr,
        exports: None,
        undefined: Vec::new(),
        inconsistencies,
    }))
}

fn asked(need: VersionNeed) -> impl Iterator<Item = Asked> {
    let VersionNeed { file, versions } = need;
    versions.into_iter().map(move |one| Asked { file: file.clone(), version: one.name, weak: one.weak })
}

/// Fills in the names that a library's dynamic symbol table defines and leaves to others.
pub(super) fn symbols(view: &View<'_>, path: &str, library: &mut Library) -> io::Result<()> {
    let file = &*view.open(path)?;
    let before = of_texts(texts(library));
    let mut exports = Exports::default();
    let faults = elf::definitions(file, |one| exports.add(&one))?;
    let undefined = elf::undefined(file)?;
    let wanted = undefined.undefined.into_iter().filter(|one| !one.weak && one.binding != Binding::Never);
    library.undefined = wanted
        .map(|one| Wanted {
            name: one.name,
            version: one.version.map(|(_, version)| version),
            on_call: one.binding == Binding::Call,
        })
        .collect();
    // Collected in the place of all symbols, with the room of all of them.
    library.undefined.shrink_to_fit();
    library.exports = faults.is_empty().then(|| exports.sorted());
    library.inconsistencies.extend(faults);
    library.inconsistencies.extend(undefined.inconsistencies);
    let exports = library.exports.as_ref().map_or(0, |exports| exports.len() as u64 * 8);
    let wanted = library.undefined.iter().flat_map(|one| [Some(&one.name), one.version.as_ref()]);
    let more = of_texts(texts(library)).saturating_sub(before);
    view.spend(exports + more + of_texts(wanted.flatten().map(String::as_str)))
}
