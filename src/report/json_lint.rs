//! A linted file as one JSON object: `{"reason":"lint","version":2,…}`. The shape is an interface, as that of a
//! verdict.

use serde::Serialize;

use super::lint::Linted;
use super::shown::Shown;
use super::version::ShapeVersion;
use super::words;
use crate::diagnostics::{Finding, Severity};
use crate::dockerfile::parse::place::place;

/// A Dockerfile that was linted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LintObject<'a> {
    version: ShapeVersion,
    /// The Dockerfile as it was named.
    file: &'a str,
    /// Whether there is no error.
    accepted: bool,
    /// What was found, in the order of the text.
    findings: Vec<Placed>,
    /// What cannot be judged, as clauses.
    unknown: Vec<String>,
}

/// A finding with its place in the text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PlacedFinding"))]
pub struct Placed {
    /// Line of its first character, from 1.
    line: usize,
    /// Column of its first character, from 1, in characters.
    column: usize,
    /// Line of its end, from 1.
    end_line: usize,
    /// Column behind its last character, from 1, in characters.
    end_column: usize,
    #[serde(flatten)]
    shown: Shown,
}

impl<'a> LintObject<'a> {
    pub(super) fn of(linted: &Linted<'a>) -> Self {
        Self {
            version: ShapeVersion,
            file: linted.path,
            accepted: linted.count(Severity::Error) == 0,
            findings: linted.findings.iter().map(|found| Placed::of(found, linted.text)).collect(),
            unknown: linted.unknown.iter().map(words::unjudged).collect(),
        }
    }
}

impl Placed {
    fn of(found: &Finding, text: &str) -> Self {
        let span = found.place();
        let (start, end) = (place(text, span.start), place(text, span.end));
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            shown: Shown::of(found),
        }
    }
}
