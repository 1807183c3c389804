//! The `#!` line, by the kernel's rules.
//!
//! Source: Linux, `fs/binfmt_script.c`, `load_script` (since 5.1): of the first 256 bytes the last is never looked at;
//! blanks are spaces and tabs, so a carriage return belongs to the word; the interpreter ends at the first blank, and
//! all that follows is one single argument.

use serde::Serialize;

/// What the kernel reads of a file to tell what it is (`BINPRM_BUF_SIZE`).
pub const BUFFER: usize = 256;

/// An interpreter with its one argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its path.
    pub interpreter: String,
    /// Everything behind it.
    pub argument: Option<String>,
}

/// Why a file is no script for the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// Not one byte.
    Empty,
    /// No `#!` at the start.
    NoLine,
    /// A byte order mark in front of the `#!`.
    Mark,
    /// Blank lines or blanks in front of the `#!`.
    NotFirst,
    /// `#!` and nothing behind it.
    Nothing,
    /// The interpreter's path does not end within the buffer.
    TooLong,
    /// Bytes that are no text.
    Binary,
}

/// The line of a file that starts like this; `head` has at most [`BUFFER`] bytes.
pub fn line(head: &[u8]) -> Result<Line, Flaw> {
    if !head.starts_with(b"#!") {
        return Err(flaw(head));
    }
    let head = &head[..head.len().min(BUFFER)];
    let end = head.iter().position(|byte| *byte == b'\n');
    let buffer = &head[..end.unwrap_or(head.len().min(BUFFER - 1))];
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let text = buffer[2..].trim_blanks(is_blank);
    let length = text.iter().position(|byte| is_blank(byte) || *byte == 0);
    // Nothing says that the path is whole.
    if end.is_none() && length.is_none() && head.len() >= BUFFER && !text.is_empty() {
        return Err(Flaw::TooLong);
    }
    let (interpreter, rest) = text.split_at(length.unwrap_or(text.len()));
    if interpreter.is_empty() {
        return Err(Flaw::Nothing);
    }
    let rest = match rest.first() {
        Some(0) | None => &[],
        Some(_) => rest.trim_blanks(is_blank),
    };
    let rest = rest.split(|byte| *byte == 0).next().unwrap_or_default();
    let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Line { interpreter: owned(interpreter), argument: (!rest.is_empty()).then(|| owned(rest)) })
}

fn flaw(head: &[u8]) -> Flaw {
    let first = head.iter().position(|byte| !byte.is_ascii_whitespace());
    match first {
        _ if head.is_empty() => Flaw::Empty,
        _ if head.starts_with(b"\xef\xbb\xbf#!") => Flaw::Mark,
        Some(first) if first > 0 && head[first..].starts_with(b"#!") => Flaw::NotFirst,
        _ if head.contains(&0) => Flaw::Binary,
        _ => Flaw::NoLine,
    }
}

trait Trim {
    fn trim_blanks(&self, is_blank: impl Fn(&u8) -> bool) -> &Self;
}

impl Trim for [u8] {
    fn trim_blanks(&self, is_blank: impl Fn(&u8) -> bool) -> &Self {
        let start = self.iter().position(|byte| !is_blank(byte)).unwrap_or(self.len());
        let end = self.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
        &self[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Option<String>), Flaw> {
        line(&text.as_bytes()[..text.len().min(BUFFER)]).map(|line| (line.interpreter, line.argument))
    }

    fn is(text: &str, interpreter: &str, argument: Option<&str>) {
        assert_eq!(read(text), Ok((interpreter.to_owned(), argument.map(str::to_owned))), "{text}");
    }

    #[test]
    fn one_interpreter_and_one_argument() {
        is("#!/bin/sh\nexec x", "/bin/sh", None);
        is("#! \t/bin/sh -e  x \t\n", "/bin/sh", Some("-e  x"));
        is("#!/bin/sh", "/bin/sh", None);
        is("#!/bin/sh\r\nset -e\r\n", "/bin/sh\r", None);
        is("#!/usr/bin/env bash\r\n", "/usr/bin/env", Some("bash\r"));
        is("#!/bin/sh\0-x y\n", "/bin/sh", None);
    }

    #[test]
    fn the_buffer_has_an_end() {
        let long = |length: usize| format!("#!/{}\n", "x".repeat(length - 3));
        assert_eq!(read(&long(254)).unwrap().0.len(), 252);
        assert_eq!(read(&long(255)).unwrap().0.len(), 253);
        assert_eq!(read(&long(256)), Err(Flaw::TooLong));
        // An argument that does not end there is cut, in silence.
        let cut = read(&format!("#!/bin/sh {}\n", "y".repeat(400))).unwrap();
        assert_eq!((cut.0.as_str(), cut.1.unwrap().len()), ("/bin/sh", 245));
    }

    #[test]
    fn what_is_no_line_has_a_reason() {
        assert_eq!(read(""), Err(Flaw::Empty));
        assert_eq!(read("exec /app\n"), Err(Flaw::NoLine));
        assert_eq!(read("\n#!/bin/sh\n"), Err(Flaw::NotFirst));
        assert_eq!(read("\u{feff}#!/bin/sh\n"), Err(Flaw::Mark));
        assert_eq!(read("#!  \n"), Err(Flaw::Nothing));
        assert_eq!(line(b"\x01\0\x02"), Err(Flaw::Binary));
    }
}
