//! A program that asks who it is, in an image that knows nobody.

use serde::Serialize;

/// What looks users up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UsersMissing {
    /// A function that is linked in and looks for it.
    pub function: &'static str,
    /// Whether it asks for the user that it runs as, and not for one by name or number.
    pub current: bool,
    /// Whether it is known that the image lacks it; false where nobody knows.
    pub known: bool,
}
