//! How a build of a Dockerfile comes to link with a C library.

use serde::Serialize;

use crate::image::Libc;

/// Why `go build` in a stage makes a binary that asks for a loader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum LinkedBy {
    /// `-buildmode=pie`, which asks for one even without cgo.
    Pie,
    /// cgo is switched on, and the stage has a C compiler.
    CgoSet {
        /// The value of `CGO_ENABLED`.
        value: String,
    },
    /// cgo is on by default, since the stage has a C compiler.
    CgoByDefault,
    /// The same, and the file sets `CGO_ENABLED` for other commands: of a `RUN` nothing is left in the next one, and of
    /// `CGO_ENABLED=0;` nothing reaches go.
    CgoSetElsewhere,
}

/// An image of a Dockerfile with its C library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImageLibc {
    /// The image, as written.
    pub image: String,
    /// Its C library.
    pub libc: Libc,
}
