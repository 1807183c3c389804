//! What an image offers: facts, references, the catalogue.

pub mod facts;
pub mod loader;

pub use facts::{Fact, Image, Libc, Version};
