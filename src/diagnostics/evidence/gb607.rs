//! A final stage that is taken for the platform of the machine that builds.

use serde::Serialize;

/// A `FROM` with `$BUILDPLATFORM`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FinalStageOnBuildPlatform {
    /// The value of `--platform`, as written.
    pub platform: String,
}
