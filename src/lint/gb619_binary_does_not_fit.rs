//! A binary that was built on the host lies in the context and is copied as it is.

use super::contents;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::evidence::gb619::BinaryDoesNotFit;
use crate::diagnostics::{Finding, catalog};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB619, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(placed) = contents::placed(facts) else { return Vec::new() };
    let mut found = Vec::new();
    for one in &placed {
        let Some(path) = one.from_context.as_deref().filter(|path| !facts.context.is_ignored(path)) else {
            continue;
        };
        let findings = facts.context.judged(path).unwrap_or_default();
        let wrong = findings.into_iter().filter(|finding| {
            // The mode is for GB623 to say, which knows --chmod.
            finding.is_error() && finding.id() != "GB106"
        });
        found.extend(wrong.map(|Finding { diagnostic, about, evidence, .. }| {
            let path = path.to_owned();
            super::found(&one.span, BinaryDoesNotFit { path, check: diagnostic.id, about, found: evidence })
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet_with, said_with};

    #[test]
    fn fires() {
        assert_eq!(
            said_with(&RULE, "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n", &[("app", "arm64")]),
            ["COPY app /app"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(&RULE, "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n", &[("app", "amd64")]);
        quiet_with(&RULE, &last("alpine:3.24", ""), &[("app", "arm64")]);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n",
            &[("app", "arm64"), (".dockerignore", "app\n")],
        );
    }
}
