//! A file that nobody can start, or one that was to be loaded and can only be started.

use serde::Serialize;

/// What the file is, and what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotAnExecutable {
    /// What it is.
    pub found: Kind,
    /// Whether a library was asked for, which is loaded and not started.
    pub library: bool,
    /// `-buildmode` as it was asked for; empty means Go's default.
    pub build_mode: String,
    /// Whether its mode lets anybody execute it; true where the file system has no modes.
    pub executable: bool,
}

/// What a file is instead of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Kind {
    /// `ar` archive, as `go build` writes of a package that is no command.
    Archive,
    /// A text that begins with `#!`.
    Script {
        /// What stands behind it.
        interpreter: String,
    },
    /// Nothing is in it.
    Empty,
    /// It begins as no format that is known.
    Unknown {
        /// The first bytes, eight at most.
        start: Vec<u8>,
    },
    /// `ET_REL`
    ObjectFile,
    /// An ELF file of another type, as a core dump.
    OtherElf,
    /// `ET_DYN` without an interpreter, which is loaded.
    SharedLibrary,
    /// A program, where a library was expected.
    Program,
}
