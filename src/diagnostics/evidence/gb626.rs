//! A shared library that is copied from one image into another.

use serde::Serialize;

use crate::image::Libc;

/// A library of an image whose C library is another than that of the final image, or a newer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LibraryOfAnotherImage {
    /// Its path in the final image.
    pub path: String,
    /// The image that it comes from, as written.
    pub source: String,
    /// The C library that it was linked against.
    pub source_libc: Libc,
    /// The final image, as written.
    pub image: String,
    /// The C library that it meets there.
    pub image_libc: Libc,
    /// Whether both are of one family, and its own is the newer one.
    pub newer: bool,
}
