//! `time.LoadLocation` reads /usr/share/zoneinfo, unless the binary brings it along.

use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb614::TimeZonesNotInstalled;
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB614, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image().filter(|image| image.zoneinfo == Fact::Known(false)) else {
        return Vec::new();
    };
    let brought = facts.may_install(facts.last, &["tzdata", "timezone"])
        || facts.names_path(facts.last, &["zoneinfo"])
        || facts.sets_variable("ZONEINFO")
        || facts.builds.iter().any(|build| build.line.may_have_tag("timetzdata"))
        || facts.source.imports.contains("time/tzdata")
        || brings(facts, &["zoneinfo"]);
    if !facts.program().is_some_and(|source| source.names_zones) || brought {
        return Vec::new();
    }
    let from = &facts.resolved.bottom(facts.last).parsed.image;
    vec![super::found(&from.span, TimeZonesNotInstalled { image: image.written.clone() })]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, quiet_with, said_with, two};

    const PROGRAM: &[(&str, &str)] = &[(
        "main.go",
        "package main\n\nimport \"time\"\n\nfunc main() { time.LoadLocation(\"Europe/Paris\") }\n",
    )];

    #[test]
    fn fires() {
        assert_eq!(said_with(&RULE, &last("scratch", ""), PROGRAM), ["scratch"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", ""));
        quiet_with(
            &RULE,
            &two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -tags timetzdata -o /app .", "scratch"),
            PROGRAM,
        );
        quiet_with(&RULE, &last("alpine:3.24", "RUN apk add tzdata\n"), PROGRAM);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(&RULE, &last("registry.example.com/base:7", ""), PROGRAM);
        quiet_with(&RULE, &last("alpine:3.24", "RUN ./install-deps.sh\n"), PROGRAM);
    }
}
