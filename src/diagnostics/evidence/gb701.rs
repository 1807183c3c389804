//! What an image starts and does not have.

use serde::Serialize;

use super::Starting;
use crate::image::start::Missing;

/// A file that is to be started and is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryPointMissing {
    /// Who names it.
    pub starting: Starting,
    /// Where it was looked for, and what is there instead.
    pub missing: Missing,
}
