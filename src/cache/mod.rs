//! What gobuild remembers between two runs, and where: the user's cache, what may stand in the place of one of
//! its files, and keeping it from growing for ever.

mod folder;
pub mod kept;
mod leftovers;

pub use folder::{Cache, make_private, private};
