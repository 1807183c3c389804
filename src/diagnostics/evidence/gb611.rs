//! An entry point that nothing puts there.

use serde::Serialize;

/// What is started, and what is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryPointNotCopied {
    /// The word that is started, as written.
    pub word: String,
    /// Its path in the image; none where it is looked for in `PATH`.
    pub path: Option<String>,
    /// The paths that are copied.
    pub copied: Vec<String>,
    /// The copied path that was probably meant.
    pub meant: String,
    /// The working directory.
    pub workdir: String,
}
