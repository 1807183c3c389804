//! A build that runs under emulation.

use serde::Serialize;

/// A stage that is taken for the target platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BuildEmulated {
    /// The image of the stage, as written.
    pub builder: String,
}
