//! Files that a program embeds and the build does not get.

use serde::Serialize;

/// A `//go:embed` whose files `.dockerignore` excludes, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EmbeddedFilesIgnored {
    /// The Go file, by its path in the build context.
    pub file: String,
    /// The pattern as written: `all:static`.
    pub pattern: String,
    /// What it matches, as a path or pattern in the build context.
    pub path: String,
}
