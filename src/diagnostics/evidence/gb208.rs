//! A sanitizer whose runtime was made for another C library.

use serde::Serialize;

use crate::image::{Fact, Libc};

/// A flag that links in a runtime for glibc.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sanitizer {
    /// `-race`, `-msan` or `-asan`, as the build information records it.
    pub flag: &'static str,
    /// The C library of the image.
    pub libc: Fact<Libc>,
}
