//! Root file systems as they really are: a folder, an archive of `docker save` or `podman save`, an OCI
//! layout, an image of the local engine. What they mean is [`crate::image::read`]'s business.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`directory`] | a folder as a tree, no link followed out of it |
//! | [`limits`] | how much an image may have |

mod bytes;
pub mod directory;
pub mod limits;
mod tar;
mod unpack;
