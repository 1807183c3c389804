//! Streams of bytes: files by position, counted, hashed, and ended where they become too much.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use super::tally::Tally;
use crate::binary::ReadAt;
use crate::host::hex::hex;

/// A stream that can pass over bytes.
pub(super) trait Input: Read {
    /// Passes over bytes, all of which have to be there.
    fn skip(&mut self, bytes: u64) -> io::Result<()>;

    /// How many bytes were read or passed over.
    fn position(&self) -> u64;
}

pub(super) fn cut_short() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the archive is cut short")
}

/// A file from its start, passing over bytes without reading them.
pub(super) struct Positional<F> {
    file: F,
    at: u64,
}

impl<F: ReadAt> Positional<F> {
    pub(super) fn new(file: F) -> Self {
        Self { file, at: 0 }
    }
}

impl<F: ReadAt> Read for Positional<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.file.size().saturating_sub(self.at);
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        self.file.read_exact_at(&mut buffer[..most], self.at)?;
        self.at += most as u64;
        Ok(most)
    }
}

impl<F: ReadAt> Input for Positional<F> {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let to = self.at.checked_add(bytes).filter(|to| *to <= self.file.size());
        self.at = to.ok_or_else(cut_short)?;
        Ok(())
    }

    fn position(&self) -> u64 {
        self.at
    }
}

/// Any stream; passing over is reading.
pub(super) struct Sequential<R> {
    inner: R,
    at: u64,
}

impl<R: Read> Sequential<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, at: 0 }
    }
}

impl<R: Read> Read for Sequential<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read> Input for Sequential<R> {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.by_ref().take(bytes), &mut io::sink())?;
        if skipped == bytes { Ok(()) } else { Err(cut_short()) }
    }

    fn position(&self) -> u64 {
        self.at
    }
}

/// Packed bytes on their way: how many there were, and their digest. Clones see the same numbers.
#[derive(Clone, Default)]
pub(super) struct Meter {
    count: Rc<Cell<u64>>,
    hash: Rc<std::cell::RefCell<Sha256>>,
}

impl Meter {
    /// How many bytes were read.
    pub(super) fn count(&self) -> u64 {
        self.count.get()
    }

    /// `sha256` in hexadecimal digits of everything that was read.
    pub(super) fn digest(&self) -> String {
        hex(&self.hash.borrow().clone().finalize())
    }

    /// The same stream, measured.
    pub(super) fn on<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, meter: self.clone() }
    }
}

/// A stream that is measured.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.count.set(self.meter.count.get() + read as u64);
        self.meter.hash.borrow_mut().update(&buffer[..read]);
        Ok(read)
    }
}

/// A stream that ends in an error when it unpacks to too much.
pub(super) struct Bounded<'t, R> {
    inner: R,
    packed: Meter,
    /// Whether the packed bytes are counted: not a second time.
    new: bool,
    tally: &'t Tally,
}

impl<'t, R: Read> Bounded<'t, R> {
    pub(super) fn new(inner: R, packed: Meter, new: bool, tally: &'t Tally) -> Self {
        Self { inner, packed, new, tally }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let packed = if self.new { self.packed.count() } else { 0 };
        self.tally.unpack(read as u64, packed)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::unpack::{tests::gzip, unpack};
    use super::*;

    #[test]
    fn a_bomb_ends_in_an_error() {
        let packed = gzip(&vec![0; 100_000]);
        let read = |limits: Limits, times: usize, new: bool| -> io::Result<()> {
            let tally = Tally::new(&limits);
            for number in 0..times {
                let meter = Meter::default();
                let unpacked = unpack(meter.on(packed.as_slice()), limits.window)?;
                let mut bounded = Bounded::new(unpacked, meter.clone(), new || number == 0, &tally);
                io::copy(&mut bounded, &mut io::sink())?;
                tally.read(if new { ["a", "b"][number] } else { "a" }, meter.count());
            }
            Ok(())
        };
        assert!(read(Limits::default(), 1, true).is_ok());
        let ratio = Limits { free: 1000, ..Limits::default() };
        assert!(read(ratio, 1, true).unwrap_err().to_string().contains("over 200 times"));
        let size = Limits { unpacked: 150_000, ..Limits::default() };
        assert!(read(size.clone(), 1, true).is_ok());
        assert!(read(size, 2, true).unwrap_err().to_string().contains("more than 150000 bytes"));
        // Twice the same bytes are not twice as much to unpack from.
        let once = Limits { free: 1000, ratio: 100_000 / packed.len() as u64 + 1, ..Limits::default() };
        assert!(read(once.clone(), 2, true).is_ok());
        assert!(read(once, 2, false).is_err());
    }
}
