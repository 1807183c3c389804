//! A file that the kernel cannot start.

use serde::Serialize;

use super::Starting;
use crate::image::start::script::Flaw;

/// Neither a program nor a script with a `#!` line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NoInterpreterLine {
    /// Who names it.
    pub starting: Starting,
    /// Its path.
    pub path: String,
    /// What it is.
    pub content: Content,
}

/// What a file is that is to be started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Content {
    /// Nothing that the kernel starts.
    Neither {
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// Nobody could read it.
    Unread {
        /// What the system said.
        reason: String,
    },
}
