//! A linted file as one JSON object: `{"reason":"lint","version":1,…}`. The shape is an interface, as that of a
//! verdict.

use serde_json::{Value, json};

use super::lint::Linted;
use super::words;
use crate::diagnostics::Severity;
use crate::dockerfile::parse::place::place;

/// The object. Every key is always there.
pub fn value(linted: &Linted<'_>) -> Value {
    let findings: Vec<Value> = linted
        .findings
        .iter()
        .map(|found| {
            let (start, end) =
                (place(linted.text, found.place().start), place(linted.text, found.place().end));
            let message = words::message(found);
            json!({
                "id": found.id(),
                "name": found.name(),
                "severity": found.severity,
                "allowed": found.allowed,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "title": message.title,
                "evidence": message.evidence,
                "production": message.production,
                "because": message.cause,
                "help": message.help,
            })
        })
        .collect();
    let unknown: Vec<String> = linted.unknown.iter().map(words::unjudged).collect();
    json!({
        "reason": "lint",
        "version": super::json::VERSION,
        "file": linted.path,
        "accepted": linted.count(Severity::Error) == 0,
        "findings": findings,
        "unknown": unknown,
    })
}
