//! A binary of the build context that does not fit the final image.

use serde::Serialize;

use super::Evidence;
use crate::diagnostics::About;

/// A check that fired on a file that a Dockerfile copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BinaryDoesNotFit {
    /// The file in the build context.
    pub path: String,
    /// The id of the check: `GB103`.
    pub check: &'static str,
    /// About what it fired.
    pub about: About,
    /// What it found.
    pub found: Evidence,
}
