//! A program that serves files, in an image without a table of their types.

use serde::Serialize;

/// What reads the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MimeTypesMissing {
    /// A function that is linked in and looks for it.
    pub function: &'static str,
    /// Whether it is known that the image lacks it; false where nobody knows.
    pub known: bool,
}
