//! A layer that an image has several times, taken down at its first reading: its members, and where their contents
//! are kept. It lies in a temporary file without a name, a line a member.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write as _};

use super::spool::Piece;
use super::tar::Member;

/// The members of one layer, in order.
pub(super) struct Journal(BufWriter<File>);

impl Journal {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(BufWriter::new(tempfile::tempfile()?)))
    }

    pub(super) fn write(&mut self, member: &Member, piece: Option<Piece>) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, &(member, piece))?;
        self.0.write_all(b"\n")
    }

    /// Ends it: from now on it can be read.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    /// Every member with its content.
    pub(super) fn lines(&self) -> io::Result<impl Iterator<Item = io::Result<(Member, Option<Piece>)>>> {
        let mut file = self.0.get_ref().try_clone()?;
        file.rewind()?;
        Ok(BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)))
    }
}
