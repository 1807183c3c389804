//! A program that looks time zones up, and an image without them.

use serde::Serialize;

/// An image without `/usr/share/zoneinfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimeZonesNotInstalled {
    /// The final image, as written.
    pub image: String,
}
