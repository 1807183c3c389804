//! A file that ends before its own headers say it does.

use serde::Serialize;

/// How long the file is, and how long it has to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CutShort {
    /// Its size, in bytes.
    pub size: u64,
    /// Where it has to reach at least, in bytes.
    pub promised: u64,
    /// The part that reaches there: `segment 3`, `section .text`.
    pub part: String,
}
