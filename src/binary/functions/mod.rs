//! Which functions are linked into a Go program: its own table of functions (`.gopclntab`), which panics
//! and profiles need at run time, so that `strip` and `-ldflags=-s` leave it.
//!
//! The names alone are looked at, not the functions that own them. A name is there where the function was
//! compiled into the program or was *inlined* into one that was, and both mean that its code runs. To ask
//! for functions of their own would be wrong: `os.TempDir` has none, since every caller inlines it.
//!
//! Source: Go's `debug/gosym` and `cmd/link/internal/ld/pcln.go`, 1.2 to 1.27.

mod find;
mod header;
mod names;
mod pieces;
mod scattered;
mod wanted;

use super::ReadAt;
use super::dissect;
use super::source::{Fault, Source};
use std::collections::BTreeSet;
use std::io;

/// What [`functions`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Functions {
    /// There is no table: not made by Go, or packed.
    Absent,
    /// There is one that cannot be read; the text says why.
    Malformed(String),
    /// Those of the wanted names that are in the table.
    Present(BTreeSet<String>),
}

/// Which of these functions are in a Go program, linked or inlined.
///
/// A name is compared whole: `time.LoadLocation` is not found in `time.LoadLocationFromTZData`. One that
/// ends in a dot stands for a whole package: `runtime/cgo.` is found where any function of `runtime/cgo` is.
///
/// The names are streamed: the cost grows with them (a program of 10 MB has 300 KB) and with nothing else,
/// but for files in which no section is named for the table, as in every Windows program: there the table is
/// searched in the constants first, in 256 MiB of them at most.
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn functions(file: &(impl ReadAt + ?Sized), wanted: &[&str]) -> io::Result<Functions> {
    let Some(parts) = dissect::parts(Source::new(&file))? else {
        return Ok(Functions::Absent);
    };
    let found = find::table(&parts).and_then(|table| {
        let Some((place, header)) = table else {
            return Ok(Functions::Absent);
        };
        let mut wanted = wanted::Wanted::new(wanted);
        if header.scattered {
            scattered::search(parts.source, place, &header, &mut wanted)?;
        } else {
            names::search(parts.source, place, &header, &mut wanted)?;
        }
        Ok(Functions::Present(wanted.found))
    });
    match found {
        Ok(functions) => Ok(functions),
        Err(Fault::Content(why)) => Ok(Functions::Malformed(why)),
        Err(Fault::Io(error)) => Err(error),
    }
}
