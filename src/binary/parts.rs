//! The parts of a file that never change while it runs: where Go keeps the names of its functions, and
//! where constants are. What [`super::functions`] and [`super::contains`] look through.

use super::address::Mapped;
use super::elf::Order;
use super::source::{Fault, Source};
use super::{elf, macho, pe};
use std::io;

/// Parts of one file, or of the first architecture in a universal file.
pub(super) struct Parts<'a> {
    /// What the offsets below count in.
    pub(super) source: Source<'a>,
    /// Byte order of its numbers.
    pub(super) order: Order,
    /// The section that is named for Go's table of functions.
    pub(super) table: Option<Mapped>,
    /// Constants, the likelier places first.
    pub(super) constants: Vec<Mapped>,
}

/// The parts; none for a format that has none. What is wrong with the headers is for [`super::read`] to say.
pub(super) fn of(source: Source<'_>) -> io::Result<Option<Parts<'_>>> {
    let start = match source.part(0, source.size().min(4), 4) {
        Ok(start) => start,
        Err(Fault::Io(error)) => return Err(error),
        Err(Fault::Content(_)) => Vec::new(),
    };
    match start[..] {
        [0x7f, b'E', b'L', b'F'] => elf::parts(source),
        [b'M', b'Z', ..] => pe::parts(source),
        [0xfe, 0xed, 0xfa, 0xce | 0xcf]
        | [0xce | 0xcf, 0xfa, 0xed, 0xfe]
        | [0xca, 0xfe, 0xba, 0xbe | 0xbf] => macho::parts(source),
        _ => Ok(None),
    }
}
