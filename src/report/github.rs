//! Annotations of GitHub Actions: a workflow command a finding.
//!
//! Source: actions/toolkit, `packages/core/src/command.ts`, for what is escaped and how.

use std::fmt::Write as _;

use super::lint::Linted;
use super::words;
use crate::diagnostics::Severity;
use crate::dockerfile::parse::place::place;

/// The lines, each with its end.
pub fn annotations(linted: &Linted<'_>) -> String {
    let mut out = String::new();
    for found in linted.findings {
        let word = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (start, end) = (place(linted.text, found.place().start), place(linted.text, found.place().end));
        let details = words::message(found);
        let mut message = vec![details.title];
        message.extend(details.evidence.iter().map(|line| format!("{} {}", line.label, line.value)));
        message.extend(details.production.iter().map(|text| format!("in a pod this reads: {text}")));
        message.extend(details.help.iter().map(|text| format!("help: {text}")));
        let _ = writeln!(
            out,
            "::{word} file={},line={},endLine={},title={}::{}",
            property(linted.path),
            start.line,
            end.line,
            property(&format!("{} {}", found.id(), found.name())),
            data(&message.join("\n")),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("a:b,c%\r\n"), "a:b,c%25%0D%0A");
    }
}
