//! What an image offers: facts, references, the catalogue.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`facts`] | the cells, and that unknown is a value |
//! | [`loader`] | where each C library puts its loader |
//! | [`library`] | whether a shared library is there |
//! | [`mod@reference`] | how Docker reads `registry/name:tag@digest` |
//! | [`catalog`] | the embedded rows (catalog.toml, made into code by build.rs) |
//! | [`mod@resolve`] | which row a reference means |
//! | [`root`] | what was read of a real root file system |
//! | [`exports`] | the names that a library has for others, and those that it leaves to them |
//! | [`config`] | what an engine starts, from the image's configuration |
//! | [`mod@read`] | facts out of a real root file system, through an abstract tree |
//! | [`mod@start`] | what an engine would start, file by file |
//! | [`taken_for`] | what a tag that is no row was taken for |
//! | `tag` | a tag in its parts |
//! | `base` | the distribution that a tag of another image names |
//! | [`golang`] | the one image whose tags mean a distribution without naming it |
//! | [`mod@derive`] | what an image made from another still shares with it |

mod base;
pub mod catalog;
pub mod config;
pub mod derive;
pub mod exports;
pub mod facts;
pub mod golang;
pub mod library;
pub mod loader;
pub mod read;
pub mod reference;
pub mod resolve;
pub mod root;
pub mod start;
mod tag;
pub mod taken_for;

pub use catalog::all;
pub use config::RunConfig;
pub use facts::{Fact, Image, Libc, Version};
pub use reference::Reference;
pub use resolve::resolve;
pub use root::Root;
