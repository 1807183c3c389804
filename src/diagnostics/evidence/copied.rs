//! A file of the build context that a Dockerfile copies into an image.

use serde::Serialize;

/// The file, where it lands, and what starts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CopiedFile {
    /// Its path in the build context.
    pub path: String,
    /// Its path in the image.
    pub lands: String,
    /// What starts it.
    pub starter: Starter,
}

/// What starts a copied file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Starter {
    /// The container: its entry point, command or health check.
    Container,
    /// A `RUN`, so that the build stops.
    Run,
    /// Nothing that the Dockerfile says.
    Nobody,
}
