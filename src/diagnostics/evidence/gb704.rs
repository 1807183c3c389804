//! The interpreter that a script asks for.

use serde::Serialize;

use super::Starting;
use crate::image::start::Missing;

/// An interpreter that does not start the script which names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InterpreterMissing {
    /// The script, and the interpreter as its line names it.
    pub starting: Starting,
    /// Why not.
    pub flaw: Flaw,
}

/// Why an interpreter does not start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "InterpreterFlaw"))]
pub enum Flaw {
    /// It is a script itself, and its interpreter too, and so on.
    TooDeep,
    /// It is not there.
    Missing {
        /// Where it was looked for, and what is there instead.
        missing: Missing,
        /// The shell that the image has, where that is known.
        shell: Option<String>,
    },
}
