//! The interpreter that a binary asks for, and what the image has instead.

use serde::Serialize;

use super::{Cgo, Unset};
use crate::image::facts::Source;
use crate::image::{Fact, Libc, Version};

/// An interpreter that is not there, or not as it has to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LoaderMissing {
    /// The path in `PT_INTERP`.
    pub asked: String,
    /// `glibc`, `musl` or `uClibc`, where the path tells.
    pub family: Option<&'static str>,
    /// What the image has.
    pub offered: Offered,
    /// The C library of the image.
    pub libc: Fact<Libc>,
    /// Why the file has an interpreter, where that is known.
    pub cause: Option<Cause>,
    /// What can be done, the likeliest first.
    pub ways_out: Vec<WayOut>,
}

/// What the image has where an interpreter should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Offered {
    /// No interpreter at all.
    Nothing,
    /// Another one, at this path.
    Another {
        /// Where it is.
        path: String,
    },
    /// That of a C library that has one of its own kind, at a path that nobody knows.
    OfItsOwn,
    /// One with the same name in another folder, which may be the same file.
    Elsewhere {
        /// Where it is.
        path: String,
    },
    /// The C library is known, and where it keeps its interpreter is not.
    SomewhereUnknown,
    /// The path is relative to a folder that nobody knows.
    RelativePath,
    /// Nobody has described the image.
    Undescribed {
        /// Who was asked.
        source: Source,
    },
    /// The file is there and cannot be read.
    Unreadable {
        /// Where it is, links followed.
        path: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The file is there for another architecture.
    OtherArchitecture {
        /// Where it is, links followed.
        path: String,
        /// The architecture of the binary.
        own: String,
        /// The architecture of the interpreter.
        architecture: String,
    },
    /// The file is there and nobody may execute it.
    NotExecutable {
        /// Where it is, links followed.
        path: String,
    },
    /// Another C library answers under the name.
    StandIn {
        /// Where it is, links followed.
        path: String,
    },
}

/// Why a file has an interpreter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Cause {
    /// It is in a package store (Nix, Guix) of the machine that linked it.
    PackageStore,
    /// `-buildmode=pie`, which has one even without cgo.
    Pie,
    /// cgo was on.
    Cgo {
        /// How that is known.
        cgo: Cgo,
    },
}

/// What can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "way", rename_all = "kebab-case")]
pub enum WayOut {
    /// Take the image of the binary's platform.
    ImageOfPlatform,
    /// Build for the platform of the image.
    BuildForImagesPlatform,
    /// Make the interpreter executable.
    Chmod {
        /// Where it is, links followed.
        path: String,
    },
    /// Build without cgo.
    WithoutCgo,
    /// Build without `-buildmode=pie`.
    WithoutPie,
    /// Allow it, where the user knows that it runs.
    AllowKnownToRun,
    /// Allow it, where the user knows that the image has it.
    AllowKnownToBeThere,
    /// Say in gobuild.toml what the image is.
    Describe {
        /// The C library, as an example.
        libc: &'static str,
        /// Its version, as an example.
        version: Version,
    },
    /// Build without the race detector.
    WithoutRace,
    /// Name the image's interpreter.
    NameInterpreter {
        /// Its path in the image.
        path: String,
    },
    /// Let gobuild plan the build.
    Rebuild,
    /// Take an image that has it.
    OtherImage,
    /// Give a C compiler.
    Compiler {
        /// For what.
        wanted: Compiler,
        /// What would be enough to unset.
        unset: Unset,
    },
}

/// The C compiler that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Compiler {
    /// One for the platform.
    Platform,
    /// One for glibc.
    Glibc,
    /// One for musl.
    Musl,
}
