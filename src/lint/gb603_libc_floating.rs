//! The suite of `golang:1.N` moved twice, and with it the C library that every build asks for.

use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb603::LibcFloating;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB603, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let mut said = Vec::new();
    let mut found = Vec::new();
    for build in shipped(facts) {
        let Some(builder) = facts.image(build.stage) else { continue };
        let Some(taken_for) = builder.taken_for.as_ref().filter(|taken| taken.moves()) else {
            continue;
        };
        let both = matches!(
            (builder.libc, image.libc),
            (Fact::Known(Libc::Glibc(_)), Fact::Known(Libc::Glibc(_)))
                | (Fact::Known(Libc::Musl(_)), Fact::Known(Libc::Musl(_)))
        );
        let from = &facts.resolved.bottom(build.stage).parsed.image;
        if !both || said.contains(&from.span.start) || !build.may_be_dynamic(facts) {
            continue;
        }
        said.push(from.span.start);
        let evidence = LibcFloating {
            builder: builder.written.clone(),
            taken_for: taken_for.clone(),
            image: image.written.clone(),
            linked_by: build.linked_by(),
        };
        found.push(super::found(&from.span, evidence));
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
            said(&RULE, &two("golang:1.24", "go build -o /app .", "debian:trixie-slim")),
            ["golang:1.24"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &two("golang:1.24-trixie", "go build -o /app .", "debian:trixie-slim"));
        quiet(&RULE, &two("golang:1.24", "CGO_ENABLED=0 go build -o /app .", "debian:trixie-slim"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:1.24", "go build -o /app .", "registry.example.com/base:7"));
        quiet(&RULE, &two("registry.example.com/base:7", "go build -o /app .", "debian:trixie-slim"));
    }
}
