//! What is linked in one stage finds its loader in the last one, or does not start.

use super::builds::shipped;
use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule, remark};
use crate::diagnostics::catalog;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB601, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let Fact::Known(there) = image.libc else { return Vec::new() };
    // Another C library beside the image's own, or the builder's copied file by file.
    let stands_in = facts.runs_with(facts.last, &["gcompat", "libc6-compat", "glibc"])
        || brings(facts, &["ld-linux", "ld-musl", "ld64", "libc.so", "glibc"]);
    let misfit = |build: &super::builds::Build| {
        let builder = facts.image(build.stage)?;
        let Fact::Known(here) = builder.libc else { return None };
        let fits = match (here, there) {
            (Libc::Glibc(_), Libc::Glibc(_))
            | (Libc::Musl(_), Libc::Musl(_))
            | (Libc::None | Libc::Uclibc, _) => true,
            _ => stands_in,
        };
        if fits || !build.needs_loader(facts) {
            return None;
        }
        Some(
            remark(
                &build.span,
                format!("the build links against {}, and the final image has {there}", family(here)),
            )
            .evidence(format!("{} has", builder.written), here.to_string())
            .evidence(format!("{} has", image.written), there.to_string())
            .reads("exec /app: no such file or directory")
            .because(build.cgo_cause())
            .help("without C code in the program: CGO_ENABLED=0 in front of go build")
            .help("with C code: build in a stage of the same distribution, or link statically"),
        )
    };
    shipped(facts).filter_map(misfit).collect()
}

fn family(libc: Libc) -> &'static str {
    match libc {
        Libc::Musl(_) => "musl",
        _ => "glibc",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, said, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "alpine:3.24")),
            ["go build -o /app ."]
        );
        assert_eq!(
            said(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "scratch")),
            ["go build -o /app ."]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "debian:12"));
        quiet(&RULE, &two("golang:1.27-alpine", "go build -o /app .", "scratch"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "registry.example.com/base:7"));
        quiet(&RULE, &two("registry.example.com/base:7", "go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "CC=musl-gcc go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "make /app", "alpine:3.24"));
    }
}
