//! A finding in words.

use serde::{Deserialize, Serialize};

/// What is said of a finding, beside its id and severity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Message {
    /// One line, lower case, no full stop: `the image has no loader for this binary`.
    pub title: String,
    /// Evidence, two columns: `rpc asks for` / `/lib64/ld-linux-x86-64.so.2   (glibc)`.
    pub evidence: Vec<Line>,
    /// What production would have shown: `exec /app/rpc: no such file or directory`.
    pub production: Option<String>,
    /// Why in this build: `cgo was on and the C compiler was gcc (…)`.
    pub cause: Option<String>,
    /// Ways out, each of which can be pasted.
    pub help: Vec<String>,
}

/// One line of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Line {
    /// Left column.
    pub label: String,
    /// Middle column.
    pub value: String,
    /// Right column, in brackets.
    pub note: Option<String>,
}
