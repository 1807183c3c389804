//! A package that loads a C library when it runs, in a program without a loader.

use serde::Serialize;

/// Packages that cannot load their library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CannotLoadLibraries {
    /// Their import paths, one at least.
    pub packages: Vec<&'static str>,
}
