//! Why a file came out linked with a C library: what several checks give as the cause.

use serde::Serialize;

use crate::origin::{Origin, Sourced};

/// What of the environment decided, and would have to be unset to leave the choice to gobuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unset {
    /// Nothing: gobuild chose.
    Nothing,
    /// `CGO_ENABLED`
    CgoEnabled,
    /// `CC`
    Cc,
    /// Both.
    Both,
}

/// How it is known that cgo was on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "known", rename_all = "kebab-case")]
pub enum Cgo {
    /// `CGO_ENABLED=1` in the binary's own build information; nobody knows who set it.
    Recorded,
    /// This run planned the build.
    Planned {
        /// Where `CGO_ENABLED=1` came from.
        from: Origin,
        /// The C compiler, and where it came from.
        compiler: Option<Sourced<String>>,
    },
}
