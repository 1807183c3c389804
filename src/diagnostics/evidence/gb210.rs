//! Symbols that glibc's loader looks up in vain.

use serde::Serialize;

use super::Cgo;

/// Symbols that nobody defines, or of which nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum SymbolMissing {
    /// No library that is loaded has them.
    Missing {
        /// By who asks for them and when, those of the start first.
        symbols: Vec<AskedSymbols>,
        /// The paths of the libraries that are loaded.
        loaded: Vec<String>,
        /// Whether the first one is there in a library that has lost its table of versions, which ends the loader in
        /// an assertion.
        unversioned: bool,
        /// Why the file is dynamic, where that is known.
        cgo: Option<Cgo>,
    },
    /// Nobody has read which symbols the image's libraries have.
    Unknown {
        /// By who asks for them.
        symbols: Vec<AskedSymbols>,
    },
    /// The binary's own symbols cannot be read.
    Unreadable {
        /// What is wrong with them.
        fault: String,
    },
}

/// Symbols that one file asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AskedSymbols {
    /// Who asks: the binary, or a library of the image.
    pub by: String,
    /// Its path, where it is a library of the image.
    pub by_path: Option<String>,
    /// Whether they are looked up when they are called (lazy binding), not when the program starts.
    pub on_call: bool,
    /// The symbols; one or more.
    pub symbols: Vec<AskedSymbol>,
}

/// One symbol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AskedSymbol {
    /// Its name.
    pub name: String,
    /// The version that is asked for: `GLIBC_2.34`.
    pub version: Option<String>,
}
