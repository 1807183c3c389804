//! Which file it is, and whether it is still the same content: without reading it.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use serde::{Deserialize, Serialize};

/// What the file system says about a file. Two equal identities at two times mean that nobody wrote to
/// the file between them: `ctime` cannot be set back by an ordinary program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Device the file is on.
    pub device: u64,
    /// Inode number there.
    pub inode: u64,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change of content: seconds, nanoseconds.
    pub modified: (i64, i64),
    /// Time of the last change of anything, name and times included: seconds, nanoseconds.
    pub changed: (i64, i64),
}

impl From<&Metadata> for Identity {
    fn from(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

impl Identity {
    /// Whether it is the same file, whatever was written to it.
    pub fn same_inode(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }
}
