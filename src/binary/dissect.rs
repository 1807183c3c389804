//! Which format a file has, and the parts that it keeps its names and constants in.

use std::io;

use super::parts::Parts;
use super::source::{Fault, Source};
use super::{elf, macho, pe};

/// The parts; none for a format that has none. What is wrong with the headers is for [`super::read`] to say.
pub(super) fn parts(source: Source<'_>) -> io::Result<Option<Parts<'_>>> {
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
