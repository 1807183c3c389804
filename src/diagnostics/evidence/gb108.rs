//! A file without an interpreter that cannot do without one.

use serde::Serialize;

/// What it lacks, or needs all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokenPie {
    /// `DT_NEEDED`; empty where it names no library.
    pub needed: Vec<String>,
    /// Whether it has a dynamic section.
    pub dynamic: bool,
    /// Whether `-buildmode=pie` was asked for.
    pub pie: bool,
}
