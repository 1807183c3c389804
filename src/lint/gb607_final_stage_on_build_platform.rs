//! `--platform=$BUILDPLATFORM` is for stages that only build; on the last one it chooses the wrong image.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb607::FinalStageOnBuildPlatform;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB607, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let chain = facts.resolved.chain(facts.last);
    let stages = chain.iter().map(|stage| &facts.resolved.stages[*stage]);
    // What goes round by a stage is of the platform that the bottom was taken for.
    let platforms = stages.filter_map(|stage| stage.parsed.platform.as_ref());
    let wrong = platforms.filter(|word| word.text.contains("BUILDPLATFORM"));
    wrong
        .map(|word| super::found(&word.span, FinalStageOnBuildPlatform { platform: word.text.clone() }))
        .collect()
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
                    "CGO_ENABLED=0 go build -o /app .",
                    "--platform=$BUILDPLATFORM alpine:3.24"
                )
            ),
            ["$BUILDPLATFORM"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "CGO_ENABLED=0 go build -o /app .",
                "--platform=$TARGETPLATFORM alpine:3.24",
            ),
        );
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "CGO_ENABLED=0 go build -o /app .",
                "alpine:3.24",
            ),
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "CGO_ENABLED=0 go build -o /app .",
                "--platform=$PLATFORM alpine:3.24",
            ),
        );
    }
}
