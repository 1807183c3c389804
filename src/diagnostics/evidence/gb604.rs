//! A default that hides the platform.

use serde::Serialize;

/// An `ARG` with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlatformArgumentDefault {
    /// Its name: `TARGETARCH`.
    pub name: String,
    /// Its default.
    pub default: String,
}
