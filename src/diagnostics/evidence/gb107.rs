//! A file that contradicts itself.

use serde::Serialize;

/// What cannot be true of a file that can be started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unreadable {
    /// What its headers say against each other or lie outside of it, as the reader of its format put it.
    pub contradictions: Vec<String>,
    /// Why Go's build information cannot be read, where there is one.
    pub build_info: Option<String>,
}
