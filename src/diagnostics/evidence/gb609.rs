//! A Go that is older than the module asks for.

use serde::Serialize;

/// Two releases of Go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GoTooOld {
    /// Where a newer one is asked for: `go.mod`, `go.work`.
    pub file: String,
    /// What it asks for.
    pub asked: String,
    /// What the image has.
    pub has: String,
    /// An image that would do.
    pub newer: String,
}
