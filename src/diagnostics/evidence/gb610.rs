//! A build that needs a C compiler, in a stage without one.

use serde::Serialize;

/// A stage without a C compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CCompilerMissing {
    /// The image of the stage.
    pub image: String,
}
