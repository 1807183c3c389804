//! The golang images set GOTOOLCHAIN=local: a Go that is older than the `go` line stops.

use super::facts::Facts;
use super::golang::is_golang;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb609::GoTooOld;
use crate::dockerfile::model::Value;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB609, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut said = Vec::new();
    for build in &facts.builds {
        let Ok(name) = facts.resolved.image(build.stage) else { continue };
        let from = &facts.resolved.bottom(build.stage).parsed.image;
        let toolchain = facts.resolved.stages[build.stage].before[build.index].get("GOTOOLCHAIN");
        let fetches = !matches!(&toolchain, Value::Unset) && toolchain != Value::Known("local".to_owned());
        if !is_golang(name) || fetches || said.contains(&from.span.start) || fetches_go(facts, build.stage) {
            continue;
        }
        said.push(from.span.start);
        let Some(tag) =
            name.rsplit_once(':').map(|(_, tag)| tag.split(['-', '@']).next().unwrap_or_default())
        else {
            continue;
        };
        let Some(has) = numbers(tag) else { continue };
        let alone = build.workspace == Value::Known("off".to_owned());
        for (file, line) in facts.source.go_lines.iter().filter(|(file, _)| !alone || file != "go.work") {
            // `golang:1.23` moves to the newest 1.23; `golang:1.23.1` does not.
            let Some(asks) = numbers(line) else { continue };
            let old =
                asks.iter().zip(&has).find(|(asks, has)| asks != has).is_some_and(|(asks, has)| asks > has);
            if old {
                let evidence = GoTooOld {
                    file: file.clone(),
                    asked: line.clone(),
                    has: tag.to_owned(),
                    newer: name.replacen(tag, line, 1),
                };
                found.push(super::found(&from.span, evidence));
            }
        }
    }
    found
}

/// Whether the stage brings another Go: by `go env -w`, by its own tool, or by a variable of one command.
fn fetches_go(facts: &Facts<'_>, stage: usize) -> bool {
    facts.ran(stage).any(|ran| {
        let local = Value::Known("local".to_owned());
        let sets = |word: &String| word.starts_with("GOTOOLCHAIN=") || word.starts_with("golang.org/dl/");
        ran.words.iter().any(sets)
            || (ran.is("go")
                && !matches!(ran.environment.get("GOTOOLCHAIN"), Value::Unset)
                && ran.environment.get("GOTOOLCHAIN") != local)
    })
}

/// `1.23.4` in its numbers; none for `latest`, `alpine` and the like, and for `1` alone.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let end = version.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(version.len());
    let numbers: Option<Vec<u32>> = version[..end].split('.').map(|part| part.parse().ok()).collect();
    numbers.filter(|numbers| numbers.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, quiet_with, said, said_with, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &two("golang:1.23-alpine", "CGO_ENABLED=0 go build -o /app .", "scratch")),
            ["golang:1.23-alpine"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &two("golang:1.24", "CGO_ENABLED=0 go build -o /app .", "scratch"));
        let newer = [("go.work", "go 1.26\n\nuse .\n")];
        let file = two("golang:1.24", "CGO_ENABLED=0 go build -o /app .", "scratch");
        assert_eq!(said_with(&RULE, &file, &newer), ["golang:1.24"]);
        quiet_with(&RULE, &file.replace("COPY", "ENV GOWORK=off\nCOPY"), &newer);
        quiet_with(&RULE, &file.replace("CGO_ENABLED=0", "GOWORK=off"), &newer);
        quiet(&RULE, &two("golang:1.23", "GOTOOLCHAIN=auto CGO_ENABLED=0 go build -o /app .", "scratch"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:alpine", "CGO_ENABLED=0 go build -o /app .", "scratch"));
        quiet(&RULE, &two("golang:1", "CGO_ENABLED=0 go build -o /app .", "scratch"));
        quiet(&RULE, &two("registry.example.com/base:7", "CGO_ENABLED=0 go build -o /app .", "scratch"));
    }
}
