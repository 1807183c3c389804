//! Without `ARG TARGETARCH` in the stage itself, the variable is empty, and go builds for the machine it runs on.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb605::PlatformArgumentUndeclared;
use crate::dockerfile::model::{PLATFORM_ARGUMENTS, Value};
use crate::dockerfile::parse::{Span, What};
use crate::shell::Named;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB605, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    for (index, stage) in facts.resolved.stages.iter().enumerate() {
        for (at, step) in stage.parsed.steps.iter().enumerate() {
            let What::Run(_) = step.what else { continue };
            let own = facts.commands.step(index, at);
            for name in PLATFORM_ARGUMENTS {
                let set = stage.before.last().is_some_and(|env| env.get(name) != Value::Unset);
                if set || stage.declared.contains(*name) || own.may_set.contains(*name) {
                    continue;
                }
                // `${NAME:-word}` has a word for the case that it is empty.
                let is_used = |named: &&Named| named.name == *name && !named.form.starts_with(":-");
                let Some(used) = own.named.iter().find(is_used) else { continue };
                let stage =
                    stage.parsed.name.as_ref().map_or_else(|| index.to_string(), |name| name.text.clone());
                let span =
                    place(&facts.resolved.file.text, used.at, name).unwrap_or_else(|| step.span.clone());
                found.push(super::found(&span, PlatformArgumentUndeclared { name, stage }));
            }
        }
    }
    found
}

/// The name behind the dollar at this place of the file.
fn place(file: &str, dollar: usize, name: &str) -> Option<Span> {
    let rest = file.get(dollar..)?;
    let start = dollar + rest.len() - rest.strip_prefix('$')?.trim_start_matches('{').len();
    file.get(start..)?.starts_with(name).then(|| start..start + name.len())
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
    fn reads_the_text_as_the_shell_does() {
        let file = |run: &str| two("golang:1.27-bookworm", run, "scratch");
        assert_eq!(
            said(&RULE, &file("echo \"$(echo ${TARGETARCH%x})\" && go build -o /app .")),
            ["TARGETARCH"]
        );
        assert_eq!(said(&RULE, &file("XTARGETARCH=1 go build -o /app-$TARGETARCH .")), ["TARGETARCH"]);
        for run in [
            "echo '$TARGETARCH' \\$TARGETARCH; go build -o /app .",
            "read TARGETARCH </arch; go build -o /app-$TARGETARCH .",
            "for TARGETARCH in amd64 arm64; do go build -o /app-$TARGETARCH .; done",
            "go build -o /app . # $TARGETARCH",
        ] {
            quiet(&RULE, &file(run));
        }
        let script =
            "FROM golang:1.27 AS build\nRUN <<EOF\ngo build -o /app-$TARGETARCH .\nEOF\nFROM scratch\n";
        assert_eq!(said(&RULE, script).len(), 1);
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
