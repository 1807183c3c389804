//! A packed program: what it unpacks cannot be read.

use serde::Serialize;

/// The mark of the packer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Packed {
    /// As it stands in the file.
    pub mark: &'static str,
}
