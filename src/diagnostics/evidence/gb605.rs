//! A platform argument that a stage uses and does not declare.

use serde::Serialize;

/// A variable that is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlatformArgumentUndeclared {
    /// Its name: `TARGETARCH`.
    pub name: &'static str,
    /// The stage, by its name or its number.
    pub stage: String,
}
