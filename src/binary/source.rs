//! Bounded reading: no part of a file is read, and no memory is taken for it, before it is known to lie
//! inside the file and under a constant limit.

use super::ReadAt;
use super::layout::Order;
use std::io;

/// Why a part of a file cannot be had.
#[derive(Debug)]
pub(super) enum Fault {
    /// The reader failed: nothing is known about the content.
    Io(io::Error),
    /// The content is at fault, in words that go behind the name of the part.
    Content(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Fault {
    /// A fault of the content.
    pub(super) fn content(words: impl Into<String>) -> Self {
        Self::Content(words.into())
    }
}

/// Collects faults of the content, and passes on those of the reader.
#[derive(Debug, Default)]
pub(super) struct Notes(pub(super) Vec<String>);

impl Notes {
    /// Adds a note.
    pub(super) fn add(&mut self, note: impl Into<String>) {
        self.0.push(note.into());
    }

    /// The value, or none and a note `what: why`.
    pub(super) fn keep<T>(&mut self, what: &str, result: Result<T, Fault>) -> io::Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Fault::Content(words)) => {
                self.add(format!("{what}: {words}"));
                Ok(None)
            }
            Err(Fault::Io(error)) => Err(error),
        }
    }
}

/// A file, or the part of a universal file that holds one architecture.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    file: &'a dyn ReadAt,
    start: u64,
    size: u64,
}

impl<'a> Source<'a> {
    /// The whole file.
    pub(super) fn new(file: &'a dyn ReadAt) -> Self {
        Self { file, start: 0, size: file.size() }
    }

    /// A part of it, cut where the whole ends.
    pub(super) fn slice(self, offset: u64, length: u64) -> Self {
        let offset = offset.min(self.size);
        Self { start: self.start + offset, size: length.min(self.size - offset), ..self }
    }

    /// Size in bytes.
    pub(super) fn size(self) -> u64 {
        self.size
    }

    /// Fills the buffer from `offset`.
    pub(super) fn read(self, buffer: &mut [u8], offset: u64) -> Result<(), Fault> {
        self.inside(offset, buffer.len() as u64)?;
        Ok(self.file.read_exact_at(buffer, self.start + offset)?)
    }

    /// The bytes `offset..offset + length`; at most `limit` of them may be asked for.
    pub(super) fn part(self, offset: u64, length: u64, limit: u64) -> Result<Vec<u8>, Fault> {
        self.inside(offset, length)?;
        if length > limit {
            return Err(Fault::Content(format!(
                "{length} bytes, where {limit} are the most that make sense"
            )));
        }
        let too_large = |_| Fault::content("too large for this machine");
        let mut bytes = vec![0; usize::try_from(length).map_err(too_large)?];
        self.file.read_exact_at(&mut bytes, self.start + offset)?;
        Ok(bytes)
    }

    fn inside(self, offset: u64, length: u64) -> Result<(), Fault> {
        let end = offset.checked_add(length);
        let end = end.ok_or_else(|| Fault::content("its offset and size overflow"))?;
        if end > self.size {
            let size = self.size;
            return Err(Fault::Content(format!(
                "bytes {offset} to {end} lie outside the file, which has {size}"
            )));
        }
        Ok(())
    }

    /// The text at `offset` up to its NUL, which has to come within `available` bytes and within `limit`.
    pub(super) fn text(self, offset: u64, available: u64, limit: u64) -> Result<String, Fault> {
        let inside = self.size.checked_sub(offset).filter(|left| *left > 0);
        let inside = inside.ok_or_else(|| Fault::content("lies outside the file"))?;
        let most = available.min(limit).min(inside);
        let mut text = Vec::new();
        // Names are short: one small read is nearly always enough.
        let mut step = 128;
        loop {
            let done = text.len() as u64;
            let piece = self.part(offset + done, step.min(most - done), limit)?;
            if let Some(end) = piece.iter().position(|byte| *byte == 0) {
                text.extend_from_slice(&piece[..end]);
                // It grew by doubling, and what is kept is counted by its length.
                text.shrink_to_fit();
                return String::from_utf8(text).map_err(|_| Fault::content("is not UTF-8"));
            }
            text.extend_from_slice(&piece);
            if text.len() as u64 == most {
                return Err(Fault::content("does not end in a NUL"));
            }
            step *= 2;
        }
    }
}

/// Numbers in bytes that were read, in the order of the file.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    /// The bytes.
    pub(super) bytes: &'a [u8],
    /// Their order.
    pub(super) order: Order,
}

impl Words<'_> {
    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    /// 16 bits at `at`.
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.array(at)?;
        Some(if self.order == Order::Little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    /// 32 bits at `at`.
    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.array(at)?;
        Some(if self.order == Order::Little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// 64 bits at `at`.
    pub(super) fn u64(self, at: usize) -> Option<u64> {
        let bytes = self.array(at)?;
        Some(if self.order == Order::Little { u64::from_le_bytes(bytes) } else { u64::from_be_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(fault: Fault) -> String {
        match fault {
            Fault::Content(words) => words,
            Fault::Io(error) => panic!("{error}"),
        }
    }

    #[test]
    fn nothing_is_read_before_it_is_known_to_be_there() {
        let bytes = [7_u8; 100];
        let bytes: &[u8] = &bytes;
        let source = Source::new(&bytes);
        assert_eq!(source.part(90, 10, 10).unwrap(), [7; 10]);
        assert!(words(source.part(90, 11, 99).unwrap_err()).contains("bytes 90 to 101 lie outside"));
        assert!(words(source.part(u64::MAX, 2, 99).unwrap_err()).contains("overflow"));
        assert!(words(source.part(0, 11, 10).unwrap_err()).contains("11 bytes, where 10 are the most"));
        assert_eq!(source.slice(95, 50).size(), 5);
        assert_eq!(source.slice(200, 50).size(), 0);
    }

    #[test]
    fn a_text_ends_at_its_nul_or_is_none() {
        let mut bytes = vec![b'a'; 300];
        bytes.extend(*b"\0tail");
        let bytes: &[u8] = &bytes;
        let source = Source::new(&bytes);
        assert_eq!(source.text(0, 999, 999).unwrap().len(), 300);
        assert!(words(source.text(0, 300, 999).unwrap_err()).contains("NUL"));
        assert!(words(source.text(0, 999, 64).unwrap_err()).contains("NUL"));
        assert!(words(source.text(301, 99, 99).unwrap_err()).contains("NUL"));
        assert!(words(source.text(305, 99, 99).unwrap_err()).contains("outside"));
        let bytes: &[u8] = b"\xff\0";
        assert!(words(Source::new(&bytes).text(0, 2, 9).unwrap_err()).contains("UTF-8"));
    }
}
