//! A binary of the build context that is older than the source next to it.

use serde::Serialize;

/// A binary of another commit than the one that is checked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BinaryStale {
    /// The binary in the build context.
    pub path: String,
    /// `vcs.revision` of its build information.
    pub revision: String,
    /// `vcs.modified` of its build information.
    pub modified: bool,
    /// The commit that is checked out.
    pub head: String,
}
