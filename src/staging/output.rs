//! A path of the user's that something is written to.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// An output: where it is, and how it is called in messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Absolute.
    pub path: PathBuf,
    /// As go would show it: relative to the directory of the build where it was typed so.
    pub shown: PathBuf,
}

impl Output {
    /// What was typed, from the directory of the build.
    pub fn new(typed: &OsStr, dir: &Path) -> Self {
        Self { path: dir.join(typed), shown: PathBuf::from(typed) }
    }

    /// A file in this folder. As in Go's `filepath.Join`, `./bin/` and `x` are shown as `bin/x`.
    #[must_use]
    pub fn inside(&self, name: &OsStr) -> Self {
        let shown = self.shown.join(name);
        let shown = shown.components().filter(|part| *part != Component::CurDir).collect();
        Self { path: self.path.join(name), shown }
    }

    /// A file beside this one.
    #[must_use]
    pub fn beside(&self, name: &OsStr) -> Self {
        Self { path: self.path.with_file_name(name), shown: self.shown.with_file_name(name) }
    }
}
