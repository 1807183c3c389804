//! golang:*-alpine has neither gcc nor the headers of musl.

use super::facts::Facts;
use super::linked::has_c_compiler;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb610::CCompilerMissing;
use crate::dockerfile::model::Value;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB610, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let misfit = |build: &&super::builds::Build| {
        // Without a package that has C code go asks for no compiler, whatever the variable says.
        build.cgo == Value::Known("1".to_owned())
            && !facts.is_without_c(build)
            && has_c_compiler(facts, build.stage) == Some(false)
    };
    let found = facts.builds.iter().filter(misfit).map(|build| {
        let image = facts.resolved.image(build.stage).unwrap_or_default();
        super::found(&build.span, CCompilerMissing { image: image.to_owned() })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, quiet_with, said, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &two("golang:1.27-alpine", "CGO_ENABLED=1 go build -o /app .", "alpine:3.24")),
            ["go build -o /app ."]
        );
    }

    #[test]
    fn fires_whatever_has_the_name_of_a_compiler_in_it() {
        for before in ["apk add libgcc", "wget https://example.com/gcc.tar.gz", "echo gcc", "apk del gcc"] {
            let run = format!("{before} && CGO_ENABLED=1 go build -o /app .");
            assert_eq!(said(&RULE, &two("golang:1.27-alpine", &run, "alpine:3.24")).len(), 1, "{before}");
        }
    }

    #[test]
    fn is_quiet_where_a_package_brings_the_compiler() {
        for before in [
            "apk add alpine-sdk",
            "apk add --no-cache -t .build build-base",
            "apk add gcc=14.2.0-r4 musl-dev",
        ] {
            quiet(
                &RULE,
                &two(
                    "golang:1.27-alpine",
                    &format!("{before} && CGO_ENABLED=1 go build -o /app ."),
                    "alpine:3.24",
                ),
            );
        }
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(
            &RULE,
            &two(
                "golang:1.27-alpine",
                "apk add gcc musl-dev && CGO_ENABLED=1 go build -o /app .",
                "alpine:3.24",
            ),
        );
        quiet(&RULE, &two("golang:1.27-bookworm", "CGO_ENABLED=1 go build -o /app .", "debian:12"));
        quiet_with(
            &RULE,
            &two("golang:1.27-alpine", "CGO_ENABLED=1 go build -o /app .", "alpine:3.24"),
            &[("main.go", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n")],
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("registry.example.com/base:7", "CGO_ENABLED=1 go build -o /app .", "alpine:3.24"));
        let script = "./scripts/install-deps.sh && CGO_ENABLED=1 go build -o /app .";
        quiet(&RULE, &two("golang:1.27-alpine", script, "alpine:3.24"));
    }
}
