//! How much an image may have: an archive of a few kilobytes can unpack to petabytes.

use crate::error::Error;

/// The limits, all of them far above real images; documented in `docs/images.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Names in all layers together, and in a folder.
    pub names: u64,
    /// Bytes of memory that names, links and facts may take, over all images that are read together.
    pub memory: u64,
    /// Bytes of all layers, unpacked, over all images that are read together.
    pub unpacked: u64,
    /// How many bytes one packed byte may become, over all layers, once they have more than [`Self::free`].
    pub ratio: u64,
    /// Unpacked bytes up to which the ratio is not looked at.
    pub free: u64,
    /// Bytes that are kept in temporary files: programs, libraries and small files, over all images that are
    /// read together.
    pub kept: u64,
    /// Bytes of the window of a zstd frame, which is in memory.
    pub window: u64,
    /// Bytes of a manifest, an index or a configuration.
    pub document: u64,
    /// Layers of an image.
    pub layers: usize,
    /// Layers that all manifests of an archive name together.
    pub listed: usize,
    /// Manifests that an archive's indexes name.
    pub manifests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            names: 1_000_000,
            memory: 128 << 20,
            unpacked: 64 << 30,
            ratio: 200,
            free: 1 << 30,
            kept: 16 << 30,
            window: 32 << 20,
            document: 4 << 20,
            layers: 1000,
            listed: 20_000,
            manifests: 1000,
        }
    }
}

impl Limits {
    /// The image has more names than [`Self::names`].
    pub fn too_many_names(&self) -> Error {
        Error::new(format!("the image has more than {} names", self.names))
    }
}
