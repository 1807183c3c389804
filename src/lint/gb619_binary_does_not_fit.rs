//! A binary that was built on the host lies in the context and is copied as it is.

use super::contents;
use super::facts::Facts;
use super::{Remark, Rule, remark};
use crate::checks::Severity;

pub(super) static RULE: Rule = Rule {
    id: "GB619",
    name: "binary-does-not-fit",
    severity: Severity::Error,
    summary: "a binary of the context is copied, and does not fit the image",
    page: include_str!("../../docs/checks/GB619.md"),
    run,
};

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
            finding.severity == Severity::Error && finding.id != "GB106"
        });
        for finding in wrong {
            let mut said =
                remark(&one.span, format!("{path} does not fit the final image: {}", finding.details.title));
            said.details.evidence.clone_from(&finding.details.evidence);
            said.details.production.clone_from(&finding.details.production);
            said = said.because(format!(
                "{path} lies in the build context, and is copied as it is ({})",
                finding.id
            ));
            found.push(said.help(format!("build it in a stage, or make it anew: gobuild -o {path}")));
        }
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
