//! Functions that the image's musl does not have.

use serde::Serialize;

use super::Cgo;

/// Functions that nobody defines, or of which it could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum MuslSymbolMissing {
    /// No library that is loaded has them.
    Missing {
        /// By who asks for them.
        symbols: Vec<MissingSymbols>,
        /// The path of musl in the image.
        loader: String,
        /// Why the file is dynamic, where that is known.
        cgo: Option<Cgo>,
    },
    /// The binary's own symbols cannot be read.
    Unreadable {
        /// What is wrong with them.
        fault: String,
    },
    /// Nobody has read what the image's musl has, and the binary was linked against glibc.
    LinkedWithGlibc {
        /// The library of glibc that it asks for.
        soname: String,
    },
}

/// Symbols that one file asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MissingSymbols {
    /// Who asks: the binary, or a library of the image.
    pub by: String,
    /// Its path, where it is a library of the image.
    pub by_path: Option<String>,
    /// Their names; one or more.
    pub names: Vec<String>,
}
