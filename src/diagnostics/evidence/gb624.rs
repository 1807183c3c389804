//! An image that nobody repairs.

use serde::Serialize;

/// An image past its end of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImageOutOfSupport {
    /// The image, as written.
    pub image: String,
    /// The day after which it gets no fixes: `2024-05-23`.
    pub end_of_life: String,
    /// The day of the verdict.
    pub today: String,
}
