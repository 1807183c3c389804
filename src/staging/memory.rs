//! What is remembered about a stage: which file was proven, and what was published.
//!
//! It is remembered by what the file system says ([`Identity`]) and not by Go's build ID, which go also
//! finds in a file that was cut or zeroed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cache::kept;
use crate::host::identity::Identity;

/// Everything about one stage, by the names of the staged files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    /// Raised whenever the meaning changes; another one is no state.
    version: u32,
    /// The number of the folder that go writes to.
    pub(super) folder: u64,
    /// go was started, and nobody has noted its end yet: gobuild was killed in between.
    pub(super) running: bool,
    pub(super) files: BTreeMap<String, Record>,
}

/// One staged file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) staged: Identity,
    pub(super) verdict: Option<Verdict>,
}

/// An accepted file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdict {
    /// Hash of everything that the verdict was made from besides the file.
    pub(super) key: String,
    /// What was warned of, to be said again.
    pub(super) warnings: Value,
    /// Where it was published to.
    pub(super) output: PathBuf,
    /// The file that was put there.
    pub(super) published: Identity,
}

const VERSION: u32 = 2;

impl State {
    /// Reads it; what is missing or spoilt is the same as nothing remembered: go links anew.
    pub(super) fn load(path: &Path) -> Self {
        kept::read(path).filter(|state: &Self| state.version == VERSION).unwrap_or_default()
    }

    /// Whether it was read, and no run of go is open in it.
    pub(super) fn is_settled(&self) -> bool {
        self.version == VERSION && !self.running
    }

    /// Writes it. Whoever is stopped in between has nothing remembered.
    pub(super) fn save(&mut self, path: &Path) -> io::Result<()> {
        self.version = VERSION;
        kept::overwrite(path, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_read_and_what_is_spoilt_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k.json");
        assert_eq!(State::load(&path), State::default());
        let staged = Identity { device: 1, inode: u64::MAX, size: 3, modified: (-1, 5), changed: (6, 7) };
        let verdict = Verdict {
            key: "k".to_owned(),
            warnings: serde_json::json!([{"id": "GB1"}]),
            output: PathBuf::from("/o/rpc"),
            published: staged,
        };
        let mut state = State::default();
        state.files.insert("rpc".to_owned(), Record { staged, verdict: Some(verdict) });
        state.save(&path).unwrap();
        assert_eq!(State::load(&path), state);
        for meant in [VERSION - 1, VERSION + 1] {
            kept::write(&path, &State { version: meant, ..state.clone() }).unwrap();
            assert_eq!(State::load(&path), State::default(), "version {meant}");
        }
        std::fs::write(&path, "{}").unwrap();
        assert_eq!(State::load(&path), State::default());
    }
}
