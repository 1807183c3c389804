//! A program that writes temporary files, in an image without a place for them.

use serde::Serialize;

/// What writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TemporaryFolderMissing {
    /// A function that is linked in and looks for it.
    pub function: &'static str,
    /// Whether it is known that the image lacks it; false where nobody knows.
    pub known: bool,
}
