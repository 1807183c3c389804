//! Data in, text out: for people and as JSON. [`shell`] is the one writer.

pub mod image;
pub mod json;
pub mod plan;
