//! Shared libraries that the loader looks for in vain.

use serde::Serialize;

use super::Cgo;

/// Which libraries are not there, or not known to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LibraryMissing {
    /// Libraries that are asked for, those first that are surely missing.
    pub asked: Vec<AskedLibrary>,
    /// Libraries that are there and cannot be read.
    pub unread: Vec<UnreadLibrary>,
    /// The folders that the binary brings along (`DT_RUNPATH`, else `DT_RPATH`).
    pub search_path: Vec<String>,
    /// The loader that looks for them; none where nobody knows one.
    pub loader: Option<Loader>,
    /// Why the file is dynamic, where that is known.
    pub cgo: Option<Cgo>,
}

/// Whose loader it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Loader {
    /// glibc's.
    Glibc,
    /// musl's.
    Musl,
}

/// A library that is asked for (`DT_NEEDED`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AskedLibrary {
    /// Its name: `libpcap.so.0.8`.
    pub soname: String,
    /// Who asks for it: the binary, or a library of the image.
    pub by: String,
    /// The path of who asks, where it is a library of the image.
    pub by_path: Option<String>,
    /// The libraries between the binary and who asks.
    pub through: Vec<String>,
    /// What is there.
    pub answer: Answer,
}

/// What the image has under a library's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Answer {
    /// Nothing.
    Absent,
    /// A file for another architecture, at this path.
    OtherArchitecture {
        /// Where it is.
        path: String,
    },
    /// Nobody knows.
    Unknown,
    /// The image was read, and what the loader would do hangs on something else.
    Doubtful {
        /// On what.
        doubt: Doubt,
    },
}

impl Answer {
    /// Whether the library is surely missing.
    pub fn is_certain(&self) -> bool {
        matches!(self, Self::Absent | Self::OtherArchitecture { .. })
    }
}

/// What a loader's search hangs on beside the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Doubt {
    /// The folders that the loader has compiled in could not be read.
    SystemFolders,
    /// A folder of the search path is relative.
    RelativeFolder,
    /// A path is relative.
    RelativePath {
        /// The path.
        path: String,
    },
    /// A dynamic string token has a value that the machine decides.
    Token {
        /// Its name: `PLATFORM`.
        token: String,
        /// The text it stands in.
        text: String,
    },
}

/// A library that is there and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnreadLibrary {
    /// Its name.
    pub soname: String,
    /// Where it is, links followed.
    pub path: String,
    /// What is wrong with it.
    pub faults: Vec<String>,
}
