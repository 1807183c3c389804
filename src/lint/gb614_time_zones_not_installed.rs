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
        || facts.shipped_builds().iter().any(|build| build.line.may_have_tag("timetzdata"))
        || facts.program(true).is_some_and(|code| code.imports.contains("time/tzdata"))
        || brings(facts, &["zoneinfo"]);
    if !facts.program(false).is_some_and(|code| code.names_zones) || brought {
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
    fn asks_the_program_that_is_built() {
        let two_programs = [
            (
                "cmd/a/main.go",
                "package main\n\nimport \"example.com/app/web\"\n\nfunc main() { web.Serve() }\n",
            ),
            (
                "cmd/b/main.go",
                "package main\n\nimport \"time\"\n\nfunc main() { time.LoadLocation(\"Europe/Paris\") }\n",
            ),
            ("web/web.go", "package web\n\nfunc Serve() {}\n"),
        ];
        let built = |run: &str| two("golang:1.27-bookworm", run, "scratch");
        for run in [
            "CGO_ENABLED=0 go build -o /app ./cmd/a",
            "CGO_ENABLED=0 go build -o /app ./cmd/a/.",
            "CGO_ENABLED=0 go build -o /app example.com/app/cmd/a",
            "CGO_ENABLED=0 go build -o /app -C cmd/a",
            "cd cmd/a && CGO_ENABLED=0 go build -o /app",
            "CGO_ENABLED=0 go build -o /app cmd/a/main.go",
            // Which one nobody knows.
            "CGO_ENABLED=0 go build -o /app $(cat program)",
            "make /app",
        ] {
            quiet_with(&RULE, &built(run), &two_programs);
            let other = run.replace("cmd/a", "cmd/b");
            if other != run {
                assert_eq!(said_with(&RULE, &built(&other), &two_programs), ["scratch"], "{other}");
            }
        }
        // What it imports is in it, but for what another system builds, or another tag.
        let in_web = |line: &str| {
            let code = format!(
                "{line}package web\n\nimport \"time\"\n\nfunc Zone() {{ time.LoadLocation(\"x\") }}\n"
            );
            let files = [two_programs[0], two_programs[2], ("web/zone.go", code.as_str())];
            said_with(&RULE, &built("CGO_ENABLED=0 go build -tags own -o /app ./cmd/a"), &files).len()
        };
        assert_eq!(
            (in_web(""), in_web("//go:build own\n\n"), in_web("//go:build linux && !cgo\n\n")),
            (1, 1, 1)
        );
        assert_eq!(
            (
                in_web("//go:build windows\n\n"),
                in_web("//go:build other\n\n"),
                in_web("//go:build arm64\n\n")
            ),
            (0, 0, 0)
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(&RULE, &last("registry.example.com/base:7", ""), PROGRAM);
        quiet_with(&RULE, &last("alpine:3.24", "RUN ./install-deps.sh\n"), PROGRAM);
    }
}
