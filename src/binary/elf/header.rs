//! The file header.

use super::super::source::{Notes, Source, Words};
use super::{Class, Order};
use goblin::container::{Container, Ctx, Endian};
use std::io;

/// The file header, with what it takes to read the rest.
pub(super) struct Header {
    pub(super) class: Class,
    pub(super) order: Order,
    /// The same two for goblin.
    pub(super) context: Ctx,
    pub(super) raw: goblin::elf::Header,
}

impl Header {
    /// Size of the header itself.
    pub(super) fn size(class: Class) -> u64 {
        if class == Class::Elf32 { 52 } else { 64 }
    }

    /// Size of one program header.
    pub(super) fn program_header_size(&self) -> u64 {
        if self.class == Class::Elf32 { 32 } else { 56 }
    }

    /// Size of one section header.
    pub(super) fn section_header_size(&self) -> u64 {
        if self.class == Class::Elf32 { 40 } else { 64 }
    }

    /// Numbers in the file's order.
    pub(super) fn words<'a>(&self, bytes: &'a [u8]) -> Words<'a> {
        Words { bytes, order: self.order }
    }
}

/// Reads it. None where `EI_CLASS` or `EI_DATA` is neither of its two values or cut off: then nothing
/// behind them can be read, and the kernel does not take the file either. Of a header that is cut short
/// further behind, the fields that are left are kept.
pub(super) fn read(source: Source<'_>, notes: &mut Notes) -> io::Result<Option<Header>> {
    let start = source.slice(0, 64);
    let Some(mut bytes) = notes.keep("the file header", start.part(0, start.size(), 64))? else {
        return Ok(None);
    };
    let (class, container) = match bytes.get(4) {
        Some(1) => (Class::Elf32, Container::Little),
        Some(2) => (Class::Elf64, Container::Big),
        _ => return Ok(None),
    };
    let (order, endian) = match bytes.get(5) {
        Some(1) => (Order::Little, Endian::Little),
        Some(2) => (Order::Big, Endian::Big),
        _ => return Ok(None),
    };
    let wanted = Header::size(class);
    if source.size() < wanted {
        notes.add(format!("the file header has {wanted} bytes, the file {}", source.size()));
    }
    bytes.resize(64, 0);
    let Ok(raw) = goblin::elf::Elf::parse_header(&bytes) else {
        return Ok(None);
    };
    if source.size() >= wanted && (raw.e_ident[6] != 1 || raw.e_version != 1) {
        notes.add(format!("the ELF version is {} and {}, not 1", raw.e_ident[6], raw.e_version));
    }
    Ok(Some(Header { class, order, context: Ctx::new(container, endian), raw }))
}
