//! Symbols that a library has for others.

use super::super::super::ReadAt;
use super::super::super::source::{Fault, Notes, Source};
use super::table::{Symbol, Table};
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
    let mut notes = Notes::default();
    let mut exports = Exports::default();
    if let Some(table) = Table::find(Source::new(&file), &mut notes)? {
        notes.keep("the symbol table (DT_SYMTAB)", read(&table, &mut exports))?;
    }
    exports.inconsistencies = notes.0;
    Ok(exports)
}

fn read(table: &Table<'_>, exports: &mut Exports) -> Result<(), Fault> {
    let mut strings = table.strings()?.whole()?;
    table.walk(table.findable()?, |symbol| {
        let names = match symbol.kind {
            _ if !found_by_name(symbol) => return Ok(()),
            IFUNC => &mut exports.indirect,
            _ => &mut exports.names,
        };
        let name = strings.get(symbol.name)?;
        if !name.is_empty() {
            names.insert(name);
        }
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
    defined && kind && binding && symbol.version.is_none_or(|version| version & 0x8000 == 0)
}
