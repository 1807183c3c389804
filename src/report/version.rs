//! The version of the JSON objects.

use serde::{Serialize, Serializer};

/// Grows when a field changes its meaning or goes away; a new field does not count.
pub const VERSION: u32 = 2;

/// The version as the first field of an object, written as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeVersion;

impl Serialize for ShapeVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}
