//! Go's record of how a binary was made: where it is ([`find`]), how it is framed ([`record`]), what its
//! lines say ([`text`], [`quote`]).
//!
//! Source: Go's `debug/buildinfo` and `runtime/debug.ParseBuildInfo`, 1.27. It differs in one thing: where
//! no section names the record (section headers were removed, or a linker script merged sections), writable
//! data is searched, up to 16 MiB of it; `go version` gives such files up.

mod find;
mod quote;
mod record;
mod text;

use super::GoInfo;
use super::address::{AddressMap, Mapped};
use super::source::{Fault, Source};
use std::io;

/// The start of a record.
const MAGIC: &[u8; 14] = b"\xff Go buildinf:";
/// Magic, size of a pointer, flags, and two pointers of which only releases before 1.18 make use.
const HEADER: u64 = 32;

/// Looks in the section that names the record, then in writable data.
pub(super) fn read(
    source: Source<'_>,
    map: &AddressMap,
    section: Option<Mapped>,
    writable: &[Mapped],
) -> io::Result<GoInfo> {
    let Some(found) = find::record(source, section.as_slice(), writable)? else {
        return Ok(match section {
            Some(_) => GoInfo::Malformed("its section is there, but not the record".to_owned()),
            None => GoInfo::Absent,
        });
    };
    match record::read(source, map, found) {
        Ok((version, lines)) => Ok(match text::parse(&lines) {
            Ok(info) => GoInfo::Present(super::BuildInfo { version, ..info }),
            Err(why) => GoInfo::Malformed(why),
        }),
        Err(Fault::Content(why)) => Ok(GoInfo::Malformed(why)),
        Err(Fault::Io(error)) => Err(error),
    }
}
