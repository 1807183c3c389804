//! A root file system as the reader sees it.

use std::collections::BTreeMap;
use std::io;

use crate::binary::ReadAt;

/// What a name is. A hard link is no kind of its own: it is its file under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, with its target as written.
    Link(String),
    /// A device, a pipe, a socket.
    Other,
}

/// One name of a root file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Permission bits, `0o1777`.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Size in bytes, of a regular file.
    pub size: u64,
    /// For whoever made the tree: where it keeps what else it knows of the name.
    pub place: u32,
}

/// A root file system: names, and readers for its files. Where it comes from (a folder, layers of an
/// archive) is the business of whoever made it.
pub trait Tree {
    /// Every name by its absolute path inside the root, without `.`, `..` and a slash at the end. The root
    /// itself is not in it.
    fn entries(&self) -> &BTreeMap<String, Entry>;

    /// What the link at exactly this path says.
    fn link(&self, path: &str) -> Option<&str> {
        match &self.entries().get(path)?.kind {
            Kind::Link(target) => Some(target),
            Kind::File | Kind::Folder | Kind::Other => None,
        }
    }

    /// The regular file at exactly this path; a path with a link in it is an error.
    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>>;
}
