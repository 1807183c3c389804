//! Where an image is read from, as it really is: a folder, an archive of `docker save` or `podman save`, an OCI
//! layout, an image of the local engine. What they mean is [`crate::image::read`]'s business.
//!
//! Each kind is an [`ImageSource`]; what lays out and reads an image knows that trait alone. A further kind is a
//! file of its own, a spelling in `transport` and a line in `open`.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`image_source`] | what every kind has in common: images offered, configuration, layers or a root |
//! | `transport` | how a source is written: `docker-archive:FILE`, `oci:DIR:TAG`, a bare path or name |
//! | `open` | from a source that was named to trees and facts |
//! | `choose` | which of its images are meant |
//! | `assemble` | one image as a tree: its layers laid over each other |
//! | `folder` | a root file system's folder as a source |
//! | [`archive`] | an archive or an OCI layout as a source |
//! | `engine` | an image of the local engine as a source: saved, and then an archive |
//! | [`directory`] | a folder as a tree, no link followed out of it |
//! | [`limits`] | how much an image may have |
//! | [`tally`] | what of it is taken |
//! | `container` | documents and layers by name, in an archive or a folder |
//! | `documents` | which images there are, for which platforms, of which layers |
//! | `layers` | layers laid over each other |
//! | `journal` | a layer that comes again |
//! | `spool` | the contents that somebody may ask for |
//! | `tar` | a tar archive, member by member |
//! | `bytes`, `unpack` | streams: counted, hashed, bounded, unpacked |

pub mod archive;
mod assemble;
mod bytes;
mod choose;
mod container;
pub mod directory;
mod documents;
mod engine;
mod folder;
pub mod image_source;
mod journal;
mod layers;
pub mod limits;
mod open;
mod spool;
pub mod tally;
mod tar;
mod transport;
mod unpack;

pub use choose::Wanted;
pub use image_source::ImageSource;
pub use open::{Opened, open, read_image};
pub use transport::Transport;
