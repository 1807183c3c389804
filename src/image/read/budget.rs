//! How much memory the facts of an image may take: names, links, libraries, over all its layers and platforms.
//!
//! An image says itself how much there is of each, so a small archive can ask for all the memory of the machine.
//! What is counted is what a fact takes with the structures around it, not the bytes that it has in the image.

use std::cell::Cell;
use std::io;

use super::tree::{Entry, Kind};

/// A text with the room that an allocator rounds up to.
const TEXT: u64 = 32;
/// A name among the others: the half-filled node of a map that grows in order, its entry, the place of its content.
const NAME: u64 = 176;
/// A link once more, among the links of the facts.
const LINK: u64 = 64;

/// Bytes that may still be taken.
#[derive(Debug)]
pub struct Budget {
    most: u64,
    left: Cell<u64>,
}

impl Default for Budget {
    /// With what one library takes while it is read, gobuild stays below 256 MiB.
    fn default() -> Self {
        Self::new(128 << 20)
    }
}

impl Budget {
    /// So many bytes.
    pub const fn new(most: u64) -> Self {
        Self { most, left: Cell::new(most) }
    }

    /// Takes bytes.
    ///
    /// # Errors
    /// There are not as many left.
    pub fn spend(&self, bytes: u64) -> io::Result<()> {
        let left = self.left.get().checked_sub(bytes).ok_or_else(|| {
            let words =
                format!("the names and libraries of the image take more than {} bytes of memory", self.most);
            io::Error::new(io::ErrorKind::QuotaExceeded, words)
        })?;
        self.left.set(left);
        Ok(())
    }

    /// Gives bytes back that were taken.
    pub fn refund(&self, bytes: u64) {
        self.left.set(self.left.get().saturating_add(bytes).min(self.most));
    }
}

/// What one name takes.
pub fn of_name(path: &str, entry: &Entry) -> u64 {
    let path = path.len() as u64;
    match &entry.kind {
        Kind::Link(target) => NAME + LINK + 2 * (path + TEXT + target.len() as u64 + TEXT) - TEXT,
        Kind::File | Kind::Folder | Kind::Other => NAME + path,
    }
}

/// What texts take, each with its place in a list.
pub(super) fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    texts.into_iter().map(|text| text.len() as u64 + TEXT + 24).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_not_there_twice() {
        let budget = Budget::new(10);
        budget.spend(6).unwrap();
        assert!(budget.spend(5).unwrap_err().to_string().contains("more than 10 bytes of memory"));
        budget.spend(4).unwrap();
        budget.refund(20);
        assert!(budget.spend(11).is_err() && budget.spend(10).is_ok());
    }
}
