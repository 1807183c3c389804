//! What `COPY` or `ADD` names and the build does not get.

use serde::Serialize;

/// A source that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceMissing {
    /// The source, with its variables filled in.
    pub path: String,
    /// Why the build does not get it.
    pub absence: Absence,
}

/// Why a build does not get a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// The build context has nothing by that name.
    NotInContext,
    /// `.dockerignore` excludes it.
    Ignored,
}
