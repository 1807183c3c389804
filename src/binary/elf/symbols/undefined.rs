//! Symbols that other libraries have to define.

use super::super::super::ReadAt;
use super::super::super::limits;
use super::super::super::source::{Fault, Notes, Source};
use super::super::versions;
use super::binding::Binding;
use super::{relocations, table::Table};
use goblin::elf::dynamic as dt;
use std::collections::BTreeSet;
use std::io;

/// A symbol that is used here and defined elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undefined {
    /// `pthread_sigmask`
    pub name: String,
    /// The library and the version that it was linked against: `libc.so.6` and `GLIBC_2.32`. None where
    /// there was no version, as always with musl.
    pub version: Option<(String, String)>,
    /// `STB_WEAK`: may be missing.
    pub weak: bool,
    /// When the loader looks for it.
    pub binding: Binding,
}

/// What [`undefined`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Symbols {
    /// The symbols, in the file's order.
    pub undefined: Vec<Undefined>,
    /// Names that the file itself has for others; filled by whoever needs them.
    pub defined: BTreeSet<String>,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// Reads the undefined symbols of the dynamic symbol table; none for a file that is not ELF or not dynamic.
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn undefined(file: &(impl ReadAt + ?Sized)) -> io::Result<Symbols> {
    let mut notes = Notes::default();
    let mut symbols = Symbols::default();
    if let Some(table) = Table::find(Source::new(&file), &mut notes)? {
        symbols.undefined = notes.keep("the symbol table (DT_SYMTAB)", read(&table))?.unwrap_or_default();
    }
    symbols.inconsistencies = notes.0;
    Ok(symbols)
}

/// Up to where the next table starts; and where that leads astray, since a tool that moves tables has left a
/// hole, up to the last symbol that a loader looks at.
fn read(table: &Table<'_>) -> Result<Vec<Undefined>, Fault> {
    match table.count().and_then(|count| first(table, count)) {
        Err(Fault::Content(why)) => {
            match relocations::referenced(table).and_then(|count| first(table, count)) {
                Err(Fault::Content(_)) => Err(Fault::Content(why)),
                other => other,
            }
        }
        other => other,
    }
}

/// The undefined ones among the first `count` symbols.
fn first(table: &Table<'_>, count: u64) -> Result<Vec<Undefined>, Fault> {
    let mut strings = table.strings()?.with_budget(limits::UNDEFINED);
    let mut walk = versions::Walk::new(table.source, &table.header, &table.map, &mut strings);
    walk.needs(table.entries.get(dt::DT_VERNEED), table.entries.get(dt::DT_VERNEEDNUM))?;
    let versions = walk.indices;
    let bindings = relocations::bindings(table, count)?;
    let mut undefined = Vec::new();
    let mut index = 0;
    table.walk(count, |symbol| {
        index += 1;
        if symbol.section != 0 {
            return Ok(());
        }
        let name = strings.get(symbol.name)?;
        if name.is_empty() {
            return Ok(());
        }
        let version = symbol.version.map(|version| version & 0x7fff).filter(|version| *version > 1);
        let version = match version {
            None => None,
            Some(version) => Some(versions.get(&version).cloned().ok_or_else(|| {
                Fault::Content(format!("{name} asks for version {version}, which is not defined"))
            })?),
        };
        let versioned = version.as_ref().map_or(0, |(file, version)| file.len() + version.len());
        strings.charge(limits::SYMBOL + versioned as u64)?;
        let binding = bindings.get(index).copied().unwrap_or_default();
        undefined.push(Undefined { name, version, weak: symbol.binding == 2, binding });
        Ok(())
    })?;
    Ok(undefined)
}
