//! A user as permission bits see one.

use serde::Serialize;

use crate::image::read::Entry;

/// A user as permission bits see one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Who {
    /// Numeric id.
    pub uid: u32,
    /// Numeric ids of its groups.
    pub gids: Vec<u32>,
}

impl Who {
    /// The user of an image that names none.
    pub fn root() -> Self {
        Self { uid: 0, gids: vec![0] }
    }

    /// Whether it may start a file, or pass a folder: `inode_permission` (`fs/namei.c`) with the capability that
    /// engines leave to root, which passes every folder, and starts what anybody may start.
    pub fn may_execute(&self, entry: &Entry, folder: bool) -> bool {
        if self.uid == 0 {
            return folder || entry.mode & 0o111 != 0;
        }
        entry.mode & self.bits(entry, 0o111) != 0
    }

    /// Whether it may read a file.
    pub fn may_read(&self, entry: &Entry) -> bool {
        self.uid == 0 || entry.mode & self.bits(entry, 0o444) != 0
    }

    /// The one class of bits that counts.
    fn bits(&self, entry: &Entry, all: u32) -> u32 {
        let class = match () {
            () if entry.uid == self.uid => 0o700,
            () if self.gids.contains(&entry.gid) => 0o070,
            () => 0o007,
        };
        all & class
    }
}
