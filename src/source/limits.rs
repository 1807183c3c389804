//! How much an image may have: an archive of a few kilobytes can unpack to petabytes.

use crate::error::Error;

/// The limits, all of them far above real images; documented in `docs/images.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Names in all layers together, and in a folder.
    pub names: u64,
    /// Bytes of the names in all layers together and of what the links among them say: they are in memory.
    pub paths: u64,
    /// Bytes of all layers, unpacked.
    pub unpacked: u64,
    /// How many bytes one byte of a packed layer may become, once a layer has more than [`Self::free`].
    pub ratio: u64,
    /// Unpacked bytes of a layer up to which the ratio is not looked at.
    pub free: u64,
    /// Bytes that are kept in a temporary file: programs, libraries and small files.
    pub kept: u64,
    /// Bytes of a manifest, an index or a configuration.
    pub document: u64,
    /// Layers of an image.
    pub layers: usize,
    /// Manifests that an archive's indexes name.
    pub manifests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            names: 1_000_000,
            paths: 128 << 20,
            unpacked: 64 << 30,
            ratio: 200,
            free: 1 << 30,
            kept: 16 << 30,
            document: 8 << 20,
            layers: 1000,
            manifests: 1000,
        }
    }
}

impl Limits {
    /// The image has more names than [`Self::names`].
    pub fn too_many_names(&self) -> Error {
        Error::new(format!("the image has more than {} names", self.names))
    }

    /// The image has more bytes of names than [`Self::paths`].
    pub fn too_long_names(&self) -> Error {
        Error::new(format!("the names of the image have more than {} bytes together", self.paths))
    }
}
