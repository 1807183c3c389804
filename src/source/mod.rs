//! Where an image is read from, as it really is: a folder, an archive of `docker save` or `podman save`, an OCI
//! layout, an image of the local engine. What they mean is [`crate::image::read`]'s business.
//!
//! | file | its one thought |
//! | --- | --- |
//! | `open` | from what a user names to trees and facts |
//! | [`directory`] | a folder as a tree, no link followed out of it |
//! | [`archive`] | an archive opened: what is in it, and one image of it as a tree |
//! | [`engine`] | an image of the local engine, saved |
//! | [`limits`] | how much an image may have |
//! | `container` | documents and layers by name, in an archive or a folder |
//! | `documents` | which images there are, for which platforms, of which layers |
//! | `layers` | layers laid over each other |
//! | `spool` | the contents that somebody may ask for |
//! | `tar` | a tar archive, member by member |
//! | `bytes`, `unpack` | streams: counted, hashed, bounded, unpacked |

pub mod archive;
mod bytes;
mod container;
pub mod directory;
mod documents;
pub mod engine;
mod layers;
pub mod limits;
mod open;
mod spool;
mod tar;
mod unpack;

pub use documents::Choice;
pub use layers::Layers;
pub use open::{Opened, Place, Wanted, open};
