//! A linted file as one JSON object: `{"reason":"lint","version":2,…}`. The shape is an interface, as that of a
//! verdict.

use serde::Serialize;
use serde_json::{Value, json};

use super::lint::Linted;
use super::shown::Shown;
use super::words;
use crate::diagnostics::Severity;
use crate::dockerfile::parse::place::place;

/// A finding with its place in the text; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Placed {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    shown: Shown,
}

/// The object. Every key is always there.
pub fn value(linted: &Linted<'_>) -> Value {
    let placed = |found| {
        let span = crate::diagnostics::Finding::place(found);
        let (start, end) = (place(linted.text, span.start), place(linted.text, span.end));
        Placed {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            shown: Shown::of(found),
        }
    };
    json!({
        "reason": "lint",
        "version": super::json::VERSION,
        "file": linted.path,
        "accepted": linted.count(Severity::Error) == 0,
        "findings": linted.findings.iter().map(placed).collect::<Vec<_>>(),
        "unknown": linted.unknown.iter().map(words::unjudged).collect::<Vec<_>>(),
    })
}
