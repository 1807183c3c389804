//! A program that makes temporary files, and an image without a folder for them.

use serde::Serialize;

/// An image without `/tmp`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TemporaryFolderNotMade {
    /// The final image, as written.
    pub image: String,
}
