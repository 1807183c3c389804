//!
//! | file | its one thought |
//! | --- | --- |
//! | [`facts`] | the cells, and that unknown is a value |
//! | [`reference`] | how Docker reads `registry/name:tag@digest` |

pub mod facts;
pub mod loader;
pub mod reference;

pub use facts::{Fact, Image, Libc, Version};
pub use reference::Reference;
