//! What an image starts as a user who may not.

use serde::Serialize;

use super::Starting;
use crate::image::start::Barrier;
use crate::image::start::who::Who;

/// A mode that keeps a user from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryPointDenied {
    /// Who names the file.
    pub starting: Starting,
    /// What denies it.
    pub barrier: Barrier,
    /// The user that it is denied to; none where nobody knows.
    pub who: Option<Who>,
}
