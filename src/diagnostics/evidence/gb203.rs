//! Symbol versions that the image's libraries do not define.

use serde::Serialize;

use super::{Cgo, Unset};
use crate::image::Version;

/// Which versions are asked for, and what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GlibcTooNew {
    /// What each file asks of each library.
    pub asked: Vec<AskedVersions>,
    /// Files with packed relocations (`DT_RELR`) that do not ask for `GLIBC_ABI_DT_RELR`, which the loader refuses.
    pub relr_refused: Vec<String>,
    /// The newest release of glibc among the versions that are asked for.
    pub newest: Option<Version>,
    /// The glibc of the image.
    pub image_glibc: Option<Version>,
    /// Why the file is dynamic, where that is known.
    pub cgo: Option<Cgo>,
    /// What would have to be unset to leave the C compiler to gobuild.
    pub unset: Unset,
}

/// What one file asks of one library that does not define it, or may not (`DT_VERNEED`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AskedVersions {
    /// Who asks: the binary, or a library of the image.
    pub by: String,
    /// Its path, where it is a library of the image.
    pub by_path: Option<String>,
    /// The library that is asked.
    pub file: String,
    /// Its path in the image, where that is known.
    pub path: Option<String>,
    /// Versions that it does not define.
    pub absent: Vec<AbsentVersion>,
    /// Versions of which nobody knows.
    pub unknown: Vec<String>,
    /// What is there instead: `GLIBC_2.31 at most`.
    pub has: Option<String>,
}

/// A version that is not defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AbsentVersion {
    /// Its name: `GLIBC_2.34`.
    pub name: String,
    /// The functions of the binary that are taken in it, as far as they were read.
    pub functions: Vec<String>,
}
