//! What every kind of source has in common: the images that it offers, and of each one the configuration and
//! the files. Who reads an image knows no more of where it comes from.

use std::io;

use super::tally::Tally;
use crate::error::Result;
use crate::image::RunConfig;
use crate::image::read::Tree;
use crate::platform::Platform;

/// Something that images are read from.
pub trait ImageSource {
    /// The source as messages name it.
    fn shown(&self) -> &str;

    /// The reference that the image was asked for by, which is its name whatever the source calls it.
    fn reference(&self) -> Option<&str> {
        None
    }

    /// The digest that registries have the reference under: of several platforms that of their index.
    fn digest(&self) -> Option<&str> {
        None
    }

    /// The images, one a platform.
    fn offered(&self) -> &[Offered];

    /// What was passed over, in words.
    fn notes(&self) -> &[String];

    /// The configuration of an image; none where the source has root file systems alone.
    ///
    /// # Errors
    /// It cannot be read, or is none.
    fn config(&self, image: &Offered) -> Result<Option<RunConfig>>;

    /// The files of an image. Whatever of them comes into memory is on the account.
    ///
    /// # Errors
    /// They cannot be listed, or are too many.
    fn contents(&self, image: &Offered, tally: &Tally) -> Result<Contents>;

    /// A layer as a stream, packed as it is. Whether it is what its digest says is for the reader to see.
    ///
    /// # Errors
    /// There is no such layer.
    fn layer(&self, layer: &Layer) -> io::Result<Box<dyn io::Read + '_>>;
}

/// An image for one platform, before anything of it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offered {
    /// Its names, as far as it has any.
    pub names: Vec<String>,
    /// Its tags in the index (`org.opencontainers.image.ref.name`), by which `oci:DIR:TAG` finds it.
    pub tags: Vec<String>,
    /// Digest of its manifest, or of its configuration where there is no manifest; none of a root file system.
    pub digest: Option<String>,
    /// The platform that the index or the configuration says.
    pub platform: Option<Platform>,
}

/// The files of an image.
pub enum Contents {
    /// A root file system as it is, with what of it could not be read, in words.
    Root(Box<dyn Tree>, Vec<String>),
    /// Layers, lowest first.
    Layers(Vec<Layer>),
}

/// A layer, before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layer {
    /// What the source knows it by; two layers of one name are one content.
    pub name: String,
    /// `sha256:…` of the packed bytes, where the source says it.
    pub digest: Option<String>,
}
