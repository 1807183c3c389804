//! What a message names.

use serde::Serialize;

/// One name, and what it is the name of: `{library:*}` in a pattern of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// `pcap` of `-lpcap`.
    Library(String),
    /// `openssl/ssl.h` of `#include <openssl/ssl.h>`.
    Header(String),
    /// What pkg-config was asked for.
    PkgConfig(String),
    /// A C function, or a variable.
    Function(String),
    /// A static C library, as a file.
    Archive(String),
    /// A Go package.
    Package(String),
    /// What one Go package takes from another: `encoding/json.safeSet`.
    Symbol(String),
    /// A program that was to be run.
    Program(String),
}

/// What a pattern may call a name.
type Kind = (&'static str, fn(String) -> Named);

/// Every kind of name.
pub(super) const KINDS: &[Kind] = &[
    ("library", Named::Library),
    ("header", Named::Header),
    ("pkg-config", Named::PkgConfig),
    ("function", Named::Function),
    ("archive", Named::Archive),
    ("package", Named::Package),
    ("symbol", Named::Symbol),
    ("program", Named::Program),
];

impl Named {
    /// The name of a kind; none where there is no such kind.
    pub(super) fn new((kind, name): (String, String)) -> Option<Self> {
        KINDS.iter().find(|(own, _)| *own == kind).map(|(_, named)| named(name))
    }
}
