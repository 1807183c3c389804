//! A tree made by hand, for tests.

use std::collections::BTreeMap;
use std::io;

use super::tree::{Entry, Kind, Tree};
use crate::binary::ReadAt;

/// Files by path; folders above them are there too.
#[derive(Debug, Default)]
pub(in crate::image) struct Memory {
    entries: BTreeMap<String, Entry>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    pub(in crate::image) fn new() -> Self {
        Self::default()
    }

    /// A file with mode 0755.
    pub(in crate::image) fn file(self, path: &str, content: &[u8]) -> Self {
        let mut tree = self.entry(path, Kind::File, 0o755);
        if let Some(entry) = tree.entries.get_mut(path) {
            entry.size = content.len() as u64;
        }
        tree.contents.insert(path.to_owned(), content.to_owned());
        tree
    }

    /// A file with a mode, and a user and a group that own it.
    pub(in crate::image) fn owned(self, path: &str, content: &[u8], mode: u32, owner: (u32, u32)) -> Self {
        let mut tree = self.file(path, content);
        if let Some(entry) = tree.entries.get_mut(path) {
            (entry.mode, entry.uid, entry.gid) = (mode, owner.0, owner.1);
        }
        tree
    }

    pub(in crate::image) fn folder(self, path: &str, mode: u32) -> Self {
        self.entry(path, Kind::Folder, mode)
    }

    pub(in crate::image) fn link(self, path: &str, target: &str) -> Self {
        self.entry(path, Kind::Link(target.to_owned()), 0o777)
    }

    fn entry(mut self, path: &str, kind: Kind, mode: u32) -> Self {
        for (slash, _) in path.match_indices('/').skip(1) {
            let folder = Entry { kind: Kind::Folder, mode: 0o755, uid: 0, gid: 0, size: 0, place: 0 };
            self.entries.entry(path[..slash].to_owned()).or_insert(folder);
        }
        self.entries.insert(path.to_owned(), Entry { kind, mode, uid: 0, gid: 0, size: 0, place: 0 });
        self
    }
}

impl Tree for Memory {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        let content = self.contents.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(content.as_slice()))
    }
}
