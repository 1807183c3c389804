//! What an image offers, read from its own files through an abstract tree.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`tree`] | a root file system as names and positional readers, whatever it comes from |
//! | `facts` | a tree in, an [`super::Image`] out: the order of the questions |
//! | [`budget`] | how much memory all of it may take |
//! | `view` | a tree with its links resolved inside it |
//! | `libraries` | every loader and shared library |
//! | `libc` | which C library, of which release, from the library's own words |
//! | `loader` | the folders that glibc's loader has compiled in |
//! | `machine` | which platform a library is for |
//! | `isa` | the x86-64 level that a library demands |
//! | `strings` | texts inside a file |
//! | `ldconf`, `ldcache`, `musl_path` | where the loaders are told to look |
//! | `provided` | names that a search without any path finds |
//! | `certificates`, `zoneinfo`, `users`, `places` | what Go's own packages look for |
//!
//! Nothing is run and no link leads out of the tree. What cannot be read is a note, and is then not there:
//! that rejects a binary rather than accept one.

pub mod budget;
mod certificates;
mod facts;
mod isa;
mod ldcache;
mod ldconf;
mod libc;
mod libraries;
mod loader;
mod machine;
mod musl_path;
mod places;
mod provided;
mod strings;
pub mod tree;
mod users;
mod view;
mod zoneinfo;

pub use budget::Budget;
pub use facts::{Known, Reading, read, read_within};
pub use tree::{Entry, Kind, Tree};

#[cfg(test)]
mod memory;
#[cfg(test)]
pub(in crate::image) use memory::Memory;
