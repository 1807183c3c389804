//! A finding in words, beside its evidence as data: what every reporter says, and what is remembered of a build, so that
//! the next one that changes nothing can say it again in any format.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words;
use crate::diagnostics::{Finding, Line, Severity};
use crate::platform::Platform;

/// A finding as it is shown. Its JSON is an interface: docs/json.md.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Finding"))]
pub struct Shown {
    /// `GB201`
    pub id: String,
    /// `loader-missing`
    pub name: String,
    /// After allow and deny.
    pub severity: Severity,
    /// Whether it is an error by itself and the user allowed it.
    pub allowed: bool,
    /// False where the facts that the question needs are not known.
    pub certain: bool,
    /// One line, lower case, no full stop.
    pub title: String,
    /// What was found, as data; `kind` is the name of the check or rule.
    #[cfg_attr(test, schemars(with = "crate::diagnostics::Evidence"))]
    pub evidence: Value,
    /// The evidence in words, two columns and a remark.
    pub lines: Vec<Line>,
    /// What a pod would have shown; null where nothing is said there.
    pub production: Option<String>,
    /// Why in this build; null where that is not known.
    pub because: Option<String>,
    /// Ways out.
    pub help: Vec<String>,
}

impl Shown {
    /// A finding with its words.
    pub fn of(finding: &Finding) -> Self {
        let message = words::message(finding);
        Self {
            id: finding.id().to_owned(),
            name: finding.name().to_owned(),
            severity: finding.severity,
            allowed: finding.allowed,
            certain: finding.certain,
            title: message.title,
            // Keys of every map in it are strings, which is all that could fail.
            evidence: serde_json::to_value(&finding.evidence).unwrap_or_default(),
            lines: message.evidence,
            production: message.production,
            because: message.cause,
            help: message.help,
        }
    }

    /// All of them.
    pub fn all(findings: &[Finding]) -> Vec<Self> {
        findings.iter().map(Self::of).collect()
    }

    /// Whether it rejects.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Everything in one text, a line for each clause: for what has no columns.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| match &line.note {
            Some(note) => format!("{} {} ({note})", line.label, line.value),
            None => format!("{} {}", line.label, line.value),
        });
        let production = self.production.iter().map(|text| format!("in a pod this reads: {text}"));
        let because = self.because.iter().map(|text| format!("because: {text}"));
        let help = self.help.iter().map(|text| format!("help: {text}"));
        let all =
            std::iter::once(self.title.clone()).chain(lines).chain(production).chain(because).chain(help);
        all.collect::<Vec<_>>().join("\n")
    }

    /// The same, with the image and the platform that it is about.
    pub fn text_for(&self, image: Option<&str>, platform: &Platform) -> String {
        let image = image.map_or_else(String::new, |image| format!("{image} on "));
        format!("{}\nfor {image}{platform}", self.text())
    }
}
