//! A `#!` line that ends as Windows ends lines.

use serde::Serialize;

use super::Starting;

/// A carriage return that belongs to the last word of a `#!` line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CarriageReturn {
    /// The script, and the interpreter as its line names it.
    pub starting: Starting,
    /// What is behind the interpreter and ends in it; none where the interpreter itself does, and is not there.
    pub argument: Option<String>,
}
