//! Without `ARG TARGETARCH` in the stage itself, the variable is empty, and go builds for the machine it runs on.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb605::PlatformArgumentUndeclared;
use crate::dockerfile::model::{PLATFORM_ARGUMENTS, Value};
use crate::dockerfile::parse::What;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB605, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    for (index, stage) in facts.resolved.stages.iter().enumerate() {
        for step in &stage.parsed.steps {
            let What::Run(_) = step.what else { continue };
            let text = facts.resolved.file.text.get(step.span.clone()).unwrap_or_default();
            for name in PLATFORM_ARGUMENTS {
                let set = stage.before.last().is_some_and(|env| env.get(name) != Value::Unset);
                if set || stage.declared.contains(*name) || sets(text, name) {
                    continue;
                }
                let Some(at) = used(text, name) else { continue };
                let start = step.span.start + at;
                let stage =
                    stage.parsed.name.as_ref().map_or_else(|| index.to_string(), |name| name.text.clone());
                let span = start..start + name.len();
                found.push(super::found(&span, PlatformArgumentUndeclared { name, stage }));
            }
        }
    }
    found
}

/// Where `$NAME` or `${NAME…}` stands, without a word for the case that it is empty.
fn used(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = &text[..*at];
        let after = text[at + name.len()..].chars().next();
        let ends = after.is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '_');
        let filled = before.ends_with("${") && text[at + name.len()..].starts_with(":-");
        let line = before.rsplit('\n').next().unwrap_or_default();
        let said = !line.trim_start().starts_with('#');
        ends && said && !filled && (before.ends_with('$') || before.ends_with("${"))
    })
}

/// Whether the script sets it by itself.
fn sets(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        text[at + name.len()..].starts_with('=')
            && !text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, said, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(
                &RULE,
                &two(
                    "golang:1.27-bookworm",
                    "GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /app .",
                    "scratch"
                )
            ),
            ["TARGETARCH"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            &two("golang:1.27", "id; \\\n  # $TARGETARCH is the builder's\n  go build -o /app .", "scratch"),
        );
        quiet(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "id\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "TARGETARCH=$(uname -m) && GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
        quiet(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "GOARCH=${TARGETARCH:-amd64} CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
    }
}
