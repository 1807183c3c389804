//! A library with thread-local variables that musl gives no place.

use serde::Serialize;

/// The flag of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StaticTls {
    /// As the ELF gABI calls it.
    pub flag: &'static str,
}
