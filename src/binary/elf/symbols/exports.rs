//! Symbols that a library has for others.

use super::super::super::ReadAt;
use super::super::super::source::{Fault, Notes, Source};
use super::super::versions;
use super::table::{Symbol, Table};
use goblin::elf::dynamic as dt;
use std::collections::BTreeSet;
use std::io;

/// What [`exports`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exports {
    /// Names that any loader finds in this file, without versions.
    pub names: BTreeSet<String>,
    /// Names that are chosen by a function at start (`STT_GNU_IFUNC`): glibc's loader finds them, musl's
    /// does not.
    pub indirect: BTreeSet<String>,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// Reads the names that the dynamic symbol table defines; none for a file that is not ELF or not dynamic.
///
/// A name counts where musl's loader finds it (`find_sym` in `ldso/dynlink.c`, 1.2.5): defined, global, weak
/// or unique, of a kind that can be referred to, not at address 0 (the names of versions are), and not
/// superseded by a newer version of itself (`memcpy@GLIBC_2.2.5` beside `memcpy@@GLIBC_2.14`).
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn exports(file: &(impl ReadAt + ?Sized)) -> io::Result<Exports> {
    let mut exports = Exports::default();
    exports.inconsistencies = definitions(file, |definition| {
        if !definition.superseded {
            let names = if definition.indirect { &mut exports.indirect } else { &mut exports.names };
            names.insert(definition.name);
        }
    })?;
    Ok(exports)
}

/// A symbol that a file defines, as glibc's loader sees it (`elf/dl-lookup.c`, `check_match`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// `memcpy`
    pub name: String,
    /// `GLIBC_2.14`; none for a symbol of no version, which serves whatever version is asked for.
    pub version: Option<String>,
    /// Whether it is found by its version alone: a newer one of the same name has taken its place.
    pub superseded: bool,
    /// `STT_GNU_IFUNC`
    pub indirect: bool,
    /// Whether the whole file has no table of versions (`DT_VERSYM`).
    pub bare: bool,
}

/// Shows every symbol that a file defines, and gives what contradicts itself, in words.
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn definitions(
    file: &(impl ReadAt + ?Sized),
    mut visit: impl FnMut(Definition),
) -> io::Result<Vec<String>> {
    let mut notes = Notes::default();
    if let Some(table) = Table::find(Source::new(&file), &mut notes)? {
        notes.keep("the symbol table (DT_SYMTAB)", read(&table, &mut visit))?;
    }
    Ok(notes.0)
}

fn read(table: &Table<'_>, visit: &mut impl FnMut(Definition)) -> Result<(), Fault> {
    let mut strings = table.strings()?;
    let mut walk = versions::Walk::new(table.source, &table.header, &table.map, &mut strings);
    // A program's copy of a library's variable has the library's version.
    walk.needs(table.entries.get(dt::DT_VERNEED), table.entries.get(dt::DT_VERNEEDNUM))?;
    walk.definitions(table.entries.get(dt::DT_VERDEF), table.entries.get(dt::DT_VERDEFNUM))?;
    let versions = walk.indices;
    let mut strings = strings.whole()?;
    table.walk(table.findable()?, |symbol| {
        if !found_by_name(symbol) {
            return Ok(());
        }
        let name = strings.get(symbol.name)?;
        if name.is_empty() {
            return Ok(());
        }
        let index = symbol.version.unwrap_or(1);
        let version = versions.get(&(index & 0x7fff)).filter(|_| index & 0x7fff > 1);
        visit(Definition {
            name,
            version: version.map(|(_, version)| version.clone()),
            superseded: index & 0x8000 != 0,
            indirect: symbol.kind == IFUNC,
            bare: symbol.version.is_none(),
        });
        Ok(())
    })
}

/// `STT_TLS`: its value is an offset, which may be 0.
const TLS: u8 = 6;
/// `STT_GNU_IFUNC`
const IFUNC: u8 = 10;

fn found_by_name(symbol: &Symbol) -> bool {
    let defined = symbol.section != 0 && (symbol.value != 0 || symbol.kind == TLS);
    // No type, object, function, common block, thread-local.
    let kind = matches!(symbol.kind, 0 | 1 | 2 | 5 | TLS | IFUNC);
    // STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE
    let binding = matches!(symbol.binding, 1 | 2 | 10);
    defined && kind && binding
}
