//! `GOARCH=amd64` in a file that is built for several platforms puts one binary into all of them.

use super::builds::Build;
use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb606::ArchitectureFixed;
use crate::dockerfile::model::Value;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB606, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    // A file that names no platform argument and no platform may be meant for one machine alone.
    let platform = facts
        .resolved
        .chain(facts.last)
        .iter()
        .find_map(|stage| facts.resolved.stages[*stage].platform.clone());
    let several = facts.names_platform();
    let chain = facts.resolved.chain(facts.last);
    let comes_in: Vec<&Build> =
        facts.builds.iter().filter(|build| chain.contains(&build.stage)).chain(shipped(facts)).collect();
    let misfit = |build: &&Build| {
        if is_chosen(facts, build) {
            return None;
        }
        let Value::Known(arch) = &build.arch else { return None };
        if arch.is_empty() {
            return None;
        }
        let platform = match &platform {
            Some(Value::Known(platform)) if platform.split('/').nth(1) == Some(arch.as_str()) => return None,
            Some(Value::Known(platform)) => Some(platform.clone()),
            _ if several => None,
            _ => return None,
        };
        Some(super::found(&build.span, ArchitectureFixed { arch: arch.clone(), platform }))
    };
    comes_in.iter().filter_map(misfit).collect()
}

/// Whether the script asks for the platform, or the stage builds for several and one of them is taken later.
fn is_chosen(facts: &Facts<'_>, build: &Build) -> bool {
    let step = facts.commands.step(build.stage, build.index);
    let asks = ["TARGETARCH", "TARGETPLATFORM", "TARGETVARIANT"].iter().any(|name| step.names(name));
    let others = facts.builds.iter().filter(|other| other.stage == build.stage);
    asks || others.into_iter().any(|other| other.arch != build.arch)
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
                    "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                    "CGO_ENABLED=0 GOARCH=amd64 go build -o /app .",
                    "scratch"
                )
            ),
            ["go build -o /app ."]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "id\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "GOARCH=arm64 CGO_ENABLED=0 go build -o /app .",
                "--platform=linux/arm64 alpine:3.24",
            ),
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            &two("golang:1.27-bookworm", "GOARCH=amd64 CGO_ENABLED=0 go build -o /app .", "scratch"),
        );
        quiet(
            &RULE,
            &two(
                "--platform=$BUILDPLATFORM golang:1.27-bookworm",
                "case $TARGETARCH in arm64) export GOARCH=arm64;; esac; CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
        );
    }
}
