//! Libraries of a compiler for Windows that no image of Windows has.

use serde::Serialize;

use super::Cgo;

/// What the import table names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WindowsLibraryMissing {
    /// Libraries of MinGW, MSYS2, Cygwin and LLVM, which Windows has in no edition.
    pub of_compiler: Vec<String>,
    /// Libraries of Visual C++, of which nobody has written down whether the image has them.
    pub redistributed: Vec<String>,
    /// Why the file needs them, where that is known.
    pub cause: Option<Cgo>,
}
