//! A package that is built without its C half and then only says that it is missing.

use serde::Serialize;

use super::GoHalf;
use crate::origin::Origin;

/// Packages that fail when they are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum StubWithoutC {
    /// The plan of this run shows it.
    Planned {
        /// The packages.
        stubs: Vec<Stub>,
        /// Why cgo is off; none where the plan leaves that to go.
        off: Option<Origin>,
    },
    /// The finished file shows it.
    Linked {
        /// The packages.
        stubs: Vec<LinkedStub>,
        /// Whether Go's record has `CGO_ENABLED=0`.
        recorded: bool,
    },
}

/// A package whose Go half only says that its C half is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stub {
    /// Its import path.
    pub package: String,
    /// The imports that lead to it.
    pub chain: Vec<String>,
    /// What it says when it is used.
    pub message: String,
    /// A package without C that does the same.
    pub pure: Option<String>,
}

/// The same in a finished file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkedStub {
    /// What shows it.
    #[serde(flatten)]
    pub half: GoHalf,
    /// What it says when it is used.
    pub message: &'static str,
    /// A package without C that does the same.
    pub pure: Option<&'static str>,
}
