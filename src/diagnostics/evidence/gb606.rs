//! An architecture that the build fixes.

use serde::Serialize;

/// A fixed architecture, and an image for another or for several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArchitectureFixed {
    /// `GOARCH` of the build.
    pub arch: String,
    /// The platform of the final image; none where it is whatever is asked for.
    pub platform: Option<String>,
}
