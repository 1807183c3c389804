//! A build that links with another C library than the final image has.

use serde::Serialize;

use super::{ImageLibc, LinkedBy};

/// Two C libraries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LibcMissing {
    /// The image that builds.
    pub builder: ImageLibc,
    /// The image that runs.
    pub image: ImageLibc,
    /// Whether gcompat is installed, which has a part of glibc's functions.
    pub gcompat: bool,
    /// Why the build links with a C library.
    pub linked_by: LinkedBy,
}
