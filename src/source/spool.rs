//! The contents that somebody may ask for, in one temporary file without a name.
//!
//! Programs, libraries and scripts of any size are kept, everything else up to a megabyte: that is where
//! lists, certificates and zones are. Of the rest only the size is known.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;

use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::binary::ReadAt;
use crate::image::start::PROGRAMS;

/// Files up to this size are kept whatever they are.
const SMALL: u64 = 1 << 20;

/// A temporary file that only grows.
#[derive(Debug)]
pub(super) struct Spool {
    file: File,
    size: u64,
}

/// Where a content is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    start: u64,
    size: u64,
    whole: bool,
}

impl Spool {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, size: 0 })
    }

    /// Reads a content of this size to its end and keeps what is worth it.
    pub(super) fn keep(
        &mut self,
        content: &mut impl Read,
        size: u64,
        tally: &Tally,
    ) -> io::Result<Option<Piece>> {
        let mut head = Vec::new();
        content.by_ref().take(4096).read_to_end(&mut head)?;
        let whole =
            size <= SMALL || head.starts_with(b"#!") || PROGRAMS.iter().any(|magic| head.starts_with(magic));
        let start = self.size;
        if whole {
            tally.keep(size)?;
            self.file.write_all(&head)?;
            let rest = io::copy(content, &mut self.file)?;
            self.size += head.len() as u64 + rest;
        } else {
            io::copy(content, &mut io::sink())?;
        }
        Ok(Some(Piece { start, size, whole }))
    }

    pub(super) fn reader(&self, piece: Piece) -> Kept<'_> {
        Kept { spool: self, piece }
    }
}

/// A content that was kept.
pub(super) struct Kept<'a> {
    spool: &'a Spool,
    piece: Piece,
}

impl ReadAt for Kept<'_> {
    fn size(&self) -> u64 {
        self.piece.size
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        if !self.piece.whole {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "large and no program, so it was not kept",
            ));
        }
        let end = offset.checked_add(buffer.len() as u64);
        if end.is_none_or(|end| end > self.piece.size) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.spool.file.read_exact_at(buffer, self.piece.start + offset)
    }
}
