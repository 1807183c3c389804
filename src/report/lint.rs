//! What a linter found, for people: the line with a caret under it, then as every finding.

use super::finding;
use super::shown::Shown;
use super::style::{QUIET, STRONG, paint, plain};
use crate::diagnostics::{Finding, Severity, Unjudged};
use crate::dockerfile::parse::place::{first_line, place};

/// A linted file.
#[derive(Debug, Clone, Copy)]
pub struct Linted<'a> {
    /// The file as it was named.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What was found, in the order of the text.
    pub findings: &'a [Finding],
    /// What cannot be judged.
    pub unknown: &'a [Unjudged],
}

impl Linted<'_> {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// `accepted`, `rejected: 1 error, 2 warnings`.
    pub fn summary(&self) -> String {
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        let many = |count: usize, word: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            count => Some(format!("{count} {word}s")),
        };
        let counted: Vec<String> =
            [many(errors, "error"), many(warnings, "warning")].into_iter().flatten().collect();
        let word = if errors > 0 { "rejected" } else { "accepted" };
        let counted = if counted.is_empty() { String::new() } else { format!(": {}", counted.join(", ")) };
        format!("{}: {word}{counted}", plain(self.path))
    }
}

/// One finding as lines, each with its end, in ANSI styles.
pub fn render(linted: &Linted<'_>, found: &Finding) -> String {
    let shown = Shown::of(found);
    let mut lines = vec![finding::head(&shown)];
    lines.extend(source(linted, found));
    lines.extend(finding::body(&shown));
    lines.join("\n") + "\n"
}

/// Where it is, the line itself, and a caret under what is meant.
fn source(linted: &Linted<'_>, found: &Finding) -> Vec<String> {
    let span = found.place();
    let at = place(linted.text, span.start);
    let (line, span) = first_line(linted.text, &span);
    let number = at.line.to_string();
    let gutter = " ".repeat(number.len());
    let bar = paint(QUIET, "|");
    // A tab is as wide as it is written, so that the caret stands under its letter.
    let before: String =
        line.chars().take(at.column - 1).map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
    let length = linted.text.get(span).map_or(1, |text| text.chars().count()).max(1);
    let shown: String = line
        .chars()
        .map(|letter| if letter == '\t' { "\t".to_owned() } else { plain(&letter.to_string()) })
        .collect();
    vec![
        format!("{gutter}{} {}:{}:{}", paint(QUIET, "-->"), plain(linted.path), at.line, at.column),
        format!("{number} {bar} {}", shown.trim_end()),
        format!("{gutter} {bar} {before}{}", paint(STRONG, "^".repeat(length))),
    ]
}
