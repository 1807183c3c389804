//! A build whose C library moves with its tag.

use serde::Serialize;

use super::LinkedBy;
use crate::image::taken_for::TakenFor;

/// A tag that moves, and an image that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LibcFloating {
    /// The image that builds, as written.
    pub builder: String,
    /// What its tag was taken for.
    pub taken_for: TakenFor,
    /// The final image, as written.
    pub image: String,
    /// Why the build links with a C library.
    pub linked_by: LinkedBy,
}
