//! SARIF 2.1.0, for code scanning: one run, every check and rule that fired with its page, one result a finding.
//!
//! Source: OASIS, Static Analysis Results Interchange Format 2.1.0; columns count in characters, as
//! `columnKind` says.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::event::{Event, Judged, Reporter};
use super::human::{Human, word};
use super::lint::Linted;
use super::shown::Shown;
use super::writer::Writer;
use crate::diagnostics::{Diagnostic, catalog};
use crate::dockerfile::parse::place::place;

/// Gathers findings, and writes one log when everything is done.
#[derive(Debug)]
pub struct Sarif<'a> {
    writer: &'a Writer,
    beside: Human<'a>,
    results: Mutex<Vec<Found>>,
}

/// One finding, where it is and which rule it is of.
#[derive(Debug)]
struct Found {
    id: String,
    level: &'static str,
    text: String,
    location: Value,
}

impl<'a> Sarif<'a> {
    /// The log goes to this writer's standard output.
    pub fn new(writer: &'a Writer, beside: Human<'a>) -> Self {
        Self { writer, beside, results: Mutex::default() }
    }

    fn add(&self, found: impl IntoIterator<Item = Found>) {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }
}

impl Reporter for Sarif<'_> {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Linted(linted) => self.add(of_text(linted)),
            Event::Verdict(judged) => self.add(of_file(judged)),
            Event::EveryImage { table, .. } => {
                self.add(table.findings().map(|(shown, text)| result(&shown, &text, artifact(&table.file))));
            }
            Event::Finished(_) => {
                let results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
                self.writer.result(&format!("{:#}\n", log(&results)));
            }
            _ => self.beside.beside(event),
        }
    }
}

fn of_text<'l>(linted: &'l Linted<'_>) -> impl Iterator<Item = Found> + use<'l> {
    linted.findings.iter().map(|found| {
        let span = found.place();
        let (start, end) = (place(linted.text, span.start), place(linted.text, span.end));
        let mut location = artifact(linted.path);
        location["physicalLocation"]["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
        let shown = Shown::of(found);
        result(&shown, &shown.text(), location)
    })
}

fn of_file<'j>(judged: &'j Judged<'_>) -> impl Iterator<Item = Found> + use<'j> {
    judged
        .findings
        .iter()
        .map(|shown| result(shown, &shown.text_for(judged.image, judged.platform), artifact(judged.file)))
}

fn result(shown: &Shown, text: &str, location: Value) -> Found {
    Found { id: shown.id.clone(), level: word(shown.severity), text: text.to_owned(), location }
}

fn artifact(path: &str) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } })
}

/// The whole log.
fn log(results: &[Found]) -> Value {
    let fired = |id: &str| results.iter().any(|found| found.id == id);
    let listed: Vec<&Diagnostic> = catalog::all().filter(|rule| fired(rule.id)).collect();
    let rules: Vec<Value> = listed
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "name": rule.name,
                "shortDescription": { "text": rule.summary },
                "help": { "text": rule.page, "markdown": rule.page },
                "defaultConfiguration": { "level": word(rule.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = results
        .iter()
        .map(|found| {
            json!({
                "ruleId": found.id,
                "ruleIndex": listed.iter().position(|rule| rule.id == found.id),
                "level": found.level,
                "message": { "text": found.text },
                "locations": [found.location],
            })
        })
        .collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gobuild",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A path as a URI reference (RFC 3986): an absolute one with its scheme.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let path = path.strip_prefix("./").unwrap_or(path);
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let encoded = path
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    scheme.to_owned() + &encoded.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_reference() {
        assert_eq!(uri("./a b/Dockerfile"), "a%20b/Dockerfile");
        assert_eq!(uri("é"), "%C3%A9");
        assert_eq!(uri("/srv/app"), "file:///srv/app");
    }
}
