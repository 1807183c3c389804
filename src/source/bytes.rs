//! Streams of bytes: files by position, counted, hashed, and ended where they become too much.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use super::limits::Limits;
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
pub(super) struct Bounded<'l, R> {
    inner: R,
    packed: Meter,
    unpacked: u64,
    /// Bytes of everything that was unpacked before and counts too.
    total: &'l Cell<u64>,
    limits: &'l Limits,
}

impl<'l, R: Read> Bounded<'l, R> {
    pub(super) fn new(inner: R, packed: Meter, total: &'l Cell<u64>, limits: &'l Limits) -> Self {
        Self { inner, packed, unpacked: 0, total, limits }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        self.total.set(self.total.get() + read as u64);
        let Limits { unpacked, ratio, free, .. } = *self.limits;
        if self.total.get() > unpacked {
            return Err(too_much(format!("it unpacks to more than {unpacked} bytes")));
        }
        let packed = self.packed.count.get();
        if self.unpacked > free && self.unpacked / ratio > packed {
            return Err(too_much(format!(
                "{packed} packed bytes unpack to more than {}, over {ratio} times as many",
                self.unpacked
            )));
        }
        Ok(read)
    }
}

fn too_much(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests {
    use super::super::unpack::{tests::gzip, unpack};
    use super::*;

    #[test]
    fn a_bomb_ends_in_an_error() {
        let packed = gzip(&vec![0; 100_000]);
        let read = |limits: Limits, total: u64| {
            let (meter, total) = (Meter::default(), Cell::new(total));
            let unpacked = unpack(meter.on(packed.as_slice())).unwrap();
            io::copy(&mut Bounded::new(unpacked, meter, &total, &limits), &mut io::sink())
        };
        assert_eq!(read(Limits::default(), 0).unwrap(), 100_000);
        let ratio = Limits { free: 1000, ..Limits::default() };
        assert!(read(ratio, 0).unwrap_err().to_string().contains("over 200 times"));
        let size = Limits { unpacked: 150_000, ..Limits::default() };
        assert!(read(size.clone(), 0).is_ok());
        assert!(read(size, 60_000).unwrap_err().to_string().contains("more than 150000 bytes"));
    }
}
