//! An image whose C library was compiled for newer processors.

use serde::Serialize;

/// Two levels of x86-64, 1 to 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Amd64Level {
    /// What the C library of the image demands.
    pub demanded: u8,
    /// What the platform promises.
    pub promised: u8,
}
