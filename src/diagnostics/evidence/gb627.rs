//! A comment that is to take a rule back and does not.

use serde::Serialize;

/// A word behind `gobuild:` in a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IgnoreNotUnderstood {
    /// What stands where the id or name of a rule is expected; all behind `gobuild:` where there is no `ignore=`.
    pub word: String,
    /// Whether the word could be the name of a rule; else the comment is not of that form at all.
    pub is_name: bool,
    /// The id or name nearest to it.
    pub nearest: Option<&'static str>,
}
