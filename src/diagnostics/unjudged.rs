//! What a linter cannot tell: a note, and never a finding.

use serde::Serialize;

/// An image of a Dockerfile that nothing is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Unjudged {
    /// Nobody has described it.
    Undescribed {
        /// Its name, with its variables filled in.
        image: String,
    },
    /// Its name has variables whose values the file does not tell.
    Unresolved {
        /// Its name as written; of a long one, the beginning.
        written: String,
        /// Why the file does not tell, as the model of Dockerfiles says it.
        reason: String,
    },
}
