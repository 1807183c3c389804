//! Texts that a program has among its constants: marks that nothing else shows.

use super::ReadAt;
use super::limits;
use super::source::{Fault, Source};
use super::{dissect, parts};
use std::io;

/// Bytes that are searched at once.
const PIECE: u64 = 1 << 20;

/// Whether a text was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is there.
    Yes,
    /// It is not there.
    No,
    /// Not all could be searched: the constants are larger than the limit (256 MiB), lie outside the file, or
    /// the format is none whose constants are known.
    Unknown,
}

/// Which of these texts are among the constants of a program, in the order of the texts.
///
/// Constants are what is mapped, not executed and not written to; where a file has no section headers, all
/// that is mapped. The search is streamed. Its cost grows with the constants: only for a check that needs it.
///
/// # Errors
///
/// Only where the reader itself fails.
pub fn contains(file: &(impl ReadAt + ?Sized), texts: &[&[u8]]) -> io::Result<Vec<Seen>> {
    let mut finders: Vec<_> = texts.iter().map(|text| Finder::new(text)).collect();
    let searched = match dissect::parts(Source::new(&file))? {
        Some(parts) => search(&parts, &mut finders),
        None => Ok(false),
    };
    let whole = match searched {
        Ok(whole) => whole,
        Err(Fault::Content(_)) => false,
        Err(Fault::Io(error)) => return Err(error),
    };
    let missing = if whole { Seen::No } else { Seen::Unknown };
    Ok(finders.iter().map(|finder| if finder.seen { Seen::Yes } else { missing }).collect())
}

/// Whether everything was searched that had to be.
fn search(parts: &parts::Parts<'_>, finders: &mut [Finder<'_>]) -> Result<bool, Fault> {
    let longest = finders.iter().map(|finder| finder.text.len()).max().unwrap_or_default() as u64;
    let mut budget = limits::CONSTANTS;
    for range in &parts.constants {
        let mut done = 0;
        while done < range.length {
            if finders.iter().all(|finder| finder.seen) {
                return Ok(true);
            }
            let piece = PIECE.max(2 * longest).min(range.length - done);
            if piece > budget {
                return Ok(false);
            }
            budget -= piece;
            let offset = range.offset.checked_add(done).ok_or_else(|| Fault::content("overflows"))?;
            let bytes = parts.source.part(offset, piece, limits::CONSTANTS)?;
            for finder in finders.iter_mut().filter(|finder| !finder.seen) {
                finder.seen = finder.is_in(&bytes);
            }
            // A text across two pieces is seen in the second.
            done += if done + piece == range.length { piece } else { piece - longest.saturating_sub(1) };
        }
    }
    Ok(!parts.constants.is_empty())
}

/// Horspool's search: it looks at one byte in as many as the text is long.
struct Finder<'a> {
    text: &'a [u8],
    /// How far to go on, by the byte under the end of the text.
    skip: [usize; 256],
    seen: bool,
}

impl<'a> Finder<'a> {
    fn new(text: &'a [u8]) -> Self {
        let mut skip = [text.len().max(1); 256];
        for (index, byte) in text.iter().enumerate().take(text.len().saturating_sub(1)) {
            skip[usize::from(*byte)] = text.len() - 1 - index;
        }
        Self { text, skip, seen: false }
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        let Some(last) = self.text.len().checked_sub(1) else {
            return true;
        };
        let mut at = 0;
        while let Some(window) = bytes.get(at..=at + last) {
            if window == self.text {
                return true;
            }
            at += self.skip[usize::from(window[last])];
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_at_every_place() {
        for text in [&b"abcab"[..], b"aaa", b"x", b"libnss_%s.so%s\0"] {
            let finder = Finder::new(text);
            for front in 0..40 {
                for byte in [b'a', b'z', 0] {
                    let mut bytes = vec![byte; front];
                    let filler = bytes.windows(text.len()).any(|window| window == text);
                    assert_eq!(finder.is_in(&bytes), filler);
                    bytes.extend(text);
                    assert!(finder.is_in(&bytes), "{text:?} behind {front} of {byte}");
                    bytes.pop();
                    assert_eq!(finder.is_in(&bytes), bytes.windows(text.len()).any(|window| window == text));
                }
            }
        }
    }

    #[test]
    fn a_file_without_constants_is_unknown() {
        assert_eq!(contains(&b"#!/bin/sh\n"[..], &[b"sh"]).unwrap(), [Seen::Unknown]);
        assert_eq!(contains(&b"\x7fELF\x02\x01"[..], &[b"ELF"]).unwrap(), [Seen::Unknown]);
    }
}
