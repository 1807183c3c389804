//! `ARG TARGETARCH=amd64` wins over the value that `BuildKit` gives, and every platform gets one binary.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb604::PlatformArgumentDefault;
use crate::dockerfile::parse::What;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB604, run };

/// `TARGETOS=linux` is what every image here is anyway.
const HIDDEN: &[&str] = &["TARGETARCH", "TARGETPLATFORM", "TARGETVARIANT"];

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let file = facts.resolved.file;
    let inside = file.stages.iter().flat_map(|stage| &stage.steps).filter_map(|step| match &step.what {
        What::Arg(arguments) => Some(arguments),
        _ => None,
    });
    let all = file.globals.iter().chain(inside.flatten());
    let hidden = all.filter(|argument| {
        HIDDEN.contains(&argument.name.as_str())
            && argument.default.as_ref().is_some_and(|text| !text.is_empty() && !text.contains('$'))
    });
    hidden
        .map(|argument| {
            let name = argument.name.clone();
            let default = argument.default.clone().unwrap_or_default();
            super::found(&argument.span, PlatformArgumentDefault { name, default })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn fires() {
        assert_eq!(said(&RULE, &last("scratch", "ARG TARGETARCH=amd64\n")), ["TARGETARCH=amd64"]);
        assert_eq!(
            said(&RULE, &last("scratch", "ARG TARGETPLATFORM=\"linux/amd64\"\n")),
            ["TARGETPLATFORM=\"linux/amd64\""]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", "ARG TARGETARCH TARGETOS=linux\n"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("scratch", "ARG TARGETARCH=$ARCH\n"));
    }
}
