//! What can be found, and what was: one catalogue for the checks on binaries and the rules on Dockerfiles, what the user
//! allowed or denied, and the finding with its evidence.
//!
//! Evidence is data. The words for it are made in [`crate::report`] alone.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`catalog`] | every check and rule: id, name, severity, summary, page |
//! | [`policy`] | `--allow` and `--deny` |
//! | [`finding`] | one that fired, and about what |
//! | [`evidence`] | what was found, one file a check or rule |
//! | [`unjudged`] | what a linter cannot tell |

pub mod about;
pub mod catalog;
pub mod evidence;
pub mod finding;
pub mod message;
pub mod policy;
pub mod unjudged;

pub use about::{About, NamedImage, in_pod};
pub use catalog::Diagnostic;
pub use evidence::Evidence;
pub use finding::Finding;
pub use message::{Line, Message};
pub use policy::Policy;
pub use unjudged::Unjudged;

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Said; the binary is still published.
    Warning,
    /// The binary is not published.
    Error,
}
