//! A script whose lines end as on Windows.

use serde::Serialize;

use super::CopiedFile;

/// A script that names an interpreter with a carriage return behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScriptLineEndings {
    /// The script.
    pub script: CopiedFile,
    /// Its first line, with the carriage return.
    pub first_line: String,
}
