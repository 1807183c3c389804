//! Go builds for every platform from every platform: under emulation it is slow, and now and then crashes.

use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb608::BuildEmulated;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB608, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    // Only a file that knows of the two platforms elsewhere is held to it here: the others may be built natively.
    let knows = facts.resolved.file.stages.iter().any(|stage| {
        let is_build = |word: &crate::dockerfile::parse::Word| word.text.contains("BUILDPLATFORM");
        stage.platform.as_ref().is_some_and(is_build)
    });
    let mut said = Vec::new();
    let mut found = Vec::new();
    for build in shipped(facts) {
        let chain = facts.resolved.chain(build.stage);
        let platform = chain.iter().find_map(|stage| facts.resolved.stages[*stage].parsed.platform.as_ref());
        let emulated = match platform {
            Some(word) => word.text.contains("TARGETPLATFORM"),
            None => knows && facts.commands.step(build.stage, build.index).names("TARGETARCH"),
        };
        let from = &facts.resolved.bottom(build.stage).parsed;
        if !emulated || said.contains(&from.span.start) || build.may_be_dynamic(facts) {
            continue;
        }
        said.push(from.span.start);
        found.push(super::found(&from.span, BuildEmulated { builder: from.image.text.clone() }));
    }
    found
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
                    "--platform=$TARGETPLATFORM golang:1.27-bookworm",
                    "CGO_ENABLED=0 go build -o /app .",
                    "scratch"
                )
            ),
            ["FROM --platform=$TARGETPLATFORM golang:1.27-bookworm AS build"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", "scratch"));
        quiet(
            &RULE,
            &two("--platform=$PLATFORM golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", "scratch"),
        );
    }
}
