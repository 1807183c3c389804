//! What `go list` is asked for a build: the packages, and everything that decides which files they have.

use std::ffi::OsString;
use std::path::Path;

use super::Invocation;
use super::env::GoEnv;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// go, its environment without a `CGO_ENABLED` that counts, and its directory.
    pub base: &'a Invocation,
    /// Flags that decide which packages and files there are, each in one word, `-C=` first.
    pub flags: &'a [OsString],
    /// Packages or files.
    pub packages: &'a [OsString],
    /// The directory behind `-C`.
    pub dir: &'a Path,
    /// What `go env` answers there.
    pub go_env: &'a GoEnv,
}
