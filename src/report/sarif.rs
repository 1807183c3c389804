//! SARIF 2.1.0, for code scanning: one run, every rule that fired with its page, one result a finding.
//!
//! Source: OASIS, Static Analysis Results Interchange Format 2.1.0; columns count in characters, as
//! `columnKind` says.

use serde_json::{Value, json};

use super::lint::Linted;
use super::words;
use crate::diagnostics::Severity;
use crate::diagnostics::catalog::DOCKERFILES;
use crate::dockerfile::parse::place::place;

/// The whole log.
pub fn log(files: &[Linted<'_>]) -> Value {
    let fired = |id: &str| files.iter().any(|file| file.findings.iter().any(|found| found.id() == id));
    let listed: Vec<_> = DOCKERFILES.iter().filter(|rule| fired(rule.id)).collect();
    let rules: Vec<Value> = listed
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "name": rule.name,
                "shortDescription": { "text": rule.summary },
                "help": { "text": rule.page, "markdown": rule.page },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let mut results = Vec::new();
    for file in files {
        for found in file.findings {
            let (start, end) = (place(file.text, found.place().start), place(file.text, found.place().end));
            let details = words::message(found);
            let mut message = vec![details.title];
            message.extend(details.production.iter().map(|text| format!("in a pod this reads: {text}")));
            message.extend(details.help.iter().map(|text| format!("help: {text}")));
            results.push(json!({
                "ruleId": found.id(),
                "ruleIndex": listed.iter().position(|rule| rule.id == found.id()),
                "level": level(found.severity),
                "message": { "text": message.join("\n") },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(file.path) },
                        "region": {
                            "startLine": start.line,
                            "startColumn": start.column,
                            "endLine": end.line,
                            "endColumn": end.column,
                        },
                    },
                }],
            }));
        }
    }
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

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let path = path.strip_prefix("./").unwrap_or(path);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("./a b/Dockerfile"), "a%20b/Dockerfile");
        assert_eq!(uri("é"), "%C3%A9");
    }
}
