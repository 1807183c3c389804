//! A program that nobody may start.

use serde::Serialize;

/// The mode of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModeNotExecutable {
    /// Permission bits, without a right to execute.
    pub mode: u32,
}
