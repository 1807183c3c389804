//! A default that hides the platform.

use serde::Serialize;

/// An `ARG` with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlatformArgumentDefault {
    /// Its name: `TARGETARCH`.
    pub name: String,
    /// Its default.
    pub default: String,
}
