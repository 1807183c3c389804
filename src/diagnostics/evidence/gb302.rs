//! A program that asks for a time zone by name, in an image without zones.

use serde::Serialize;

/// What needs the zones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimeZonesMissing {
    /// A function that is linked in and looks for it.
    pub function: &'static str,
    /// Whether it is known that the image lacks it; false where nobody knows.
    pub known: bool,
}
