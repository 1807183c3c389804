//! A build that links with a newer C library than the final image has.

use serde::Serialize;

use super::{ImageLibc, LinkedBy};
use crate::image::taken_for::TakenFor;

/// Two releases of one C library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LibcOlder {
    /// The image that builds.
    pub builder: ImageLibc,
    /// What its tag was taken for.
    pub builder_taken_for: Option<TakenFor>,
    /// The image that runs.
    pub image: ImageLibc,
    /// What its tag was taken for.
    pub image_taken_for: Option<TakenFor>,
    /// The first symbol version that every program with `net` asks for and the final image lacks; none where it depends
    /// on the program.
    pub lacks: Option<String>,
    /// Why the build links with a C library.
    pub linked_by: LinkedBy,
}
