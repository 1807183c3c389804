//! Which format a file has, by its first bytes.

use super::source::{Fault, Source};
use super::{Format, GoInfo, elf, macho, pe};
use std::io;

/// What the kernel reads of a `#!` line (`BINPRM_BUF_SIZE`).
const SCRIPT_LINE: u64 = 256;

/// Format, and Go's record where the format has one.
pub(super) fn read(source: Source<'_>) -> io::Result<(Format, GoInfo)> {
    let start = match source.part(0, source.size().min(16), 16) {
        Ok(start) => start,
        Err(Fault::Io(error)) => return Err(error),
        Err(Fault::Content(_)) => Vec::new(),
    };
    let told = match &start[..] {
        [] => Some((Format::Empty, GoInfo::Absent)),
        [0x7f, b'E', b'L', b'F', ..] => elf::read(source)?.map(|(elf, go)| (Format::Elf(Box::new(elf)), go)),
        [b'M', b'Z', ..] => pe::read(source)?,
        [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..]
        | [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..]
        | [0xca, 0xfe, 0xba, 0xbe | 0xbf, ..] => macho::read(source)?,
        [0, b'a', b's', b'm', ..] => Some((Format::Wasm, GoInfo::Absent)),
        [b'#', b'!', ..] => Some((script(source)?, GoInfo::Absent)),
        _ if start.starts_with(b"!<arch>\n") || start.starts_with(b"!<thin>\n") => {
            Some((Format::Archive, GoInfo::Absent))
        }
        _ => None,
    };
    Ok(told.unwrap_or((Format::Unknown { start }, GoInfo::Absent)))
}

fn script(source: Source<'_>) -> io::Result<Format> {
    let line = match source.part(0, source.size().min(SCRIPT_LINE), SCRIPT_LINE) {
        Ok(line) => line,
        Err(Fault::Io(error)) => return Err(error),
        Err(Fault::Content(_)) => Vec::new(),
    };
    let line = line[2..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let word = line.split(u8::is_ascii_whitespace).find(|word| !word.is_empty()).unwrap_or_default();
    Ok(Format::Script { interpreter: String::from_utf8_lossy(word).into_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn format(bytes: &[u8]) -> Format {
        read(bytes).unwrap().format
    }

    #[test]
    fn files_that_are_published_by_mistake_have_a_name() {
        assert_eq!(format(b""), Format::Empty);
        assert_eq!(format(b"\0asm\x01\0\0\0"), Format::Wasm);
        assert_eq!(format(b"!<arch>\n__.PKGDEF"), Format::Archive);
        let script = |interpreter: &str| Format::Script { interpreter: interpreter.to_owned() };
        assert_eq!(format(b"#!/bin/sh\nexec x"), script("/bin/sh"));
        assert_eq!(format(b"#! /usr/bin/env bash"), script("/usr/bin/env"));
        assert_eq!(format(b"#!"), script(""));
        assert_eq!(format(b"#!\n/bin/sh"), script(""));
        for unknown in [&b"hello"[..], b"!<arch>", b"\x7fEL", b"MZ", b"\xca\xfe\xba\xbe\0\0\0\x34"] {
            assert_eq!(format(unknown), Format::Unknown { start: unknown.to_vec() });
        }
        assert_eq!(format(&[9; 99]), Format::Unknown { start: vec![9; 16] });
    }

    #[test]
    fn an_elf_magic_without_word_size_and_order_is_not_elf() {
        assert!(matches!(format(b"\x7fELF\x03\x01"), Format::Unknown { .. }));
        assert!(matches!(format(b"\x7fELF\x02\x00"), Format::Unknown { .. }));
        assert!(matches!(format(b"\x7fELF\x02\x01"), Format::Elf(_)));
    }
}
