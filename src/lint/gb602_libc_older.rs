//! A binary asks for the symbol versions of the C library that it was linked with.

use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::ImageLibc;
use crate::diagnostics::evidence::gb602::LibcOlder;
use crate::image::facts::{Fact, Libc, Version};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB602, run };

/// From here on programs that only use `net` ask for a new version: glibc took libpthread and the resolver into libc.
const MERGED: Version = Version(2, 34, 0);

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let misfit = |build: &super::builds::Build| {
        let builder = facts.image(build.stage)?;
        let (Fact::Known(libc), Fact::Known(images)) = (builder.libc, image.libc) else { return None };
        let ((Libc::Glibc(Fact::Known(here)), Libc::Glibc(Fact::Known(there)))
        | (Libc::Musl(Fact::Known(here)), Libc::Musl(Fact::Known(there)))) = (libc, images)
        else {
            return None;
        };
        if here <= there || !build.may_be_dynamic(facts) {
            return None;
        }
        let is_sure = matches!(images, Libc::Glibc(_)) && there < MERGED && here >= MERGED;
        let found = LibcOlder {
            builder: ImageLibc { image: builder.written.clone(), libc },
            builder_taken_for: builder.taken_for.clone(),
            image: ImageLibc { image: image.written.clone(), libc: images },
            image_taken_for: image.taken_for.clone(),
            lacks: is_sure.then(|| format!("GLIBC_{MERGED}")),
            linked_by: build.linked_by(),
        };
        Some(super::found(&build.span, found).doubtful(!is_sure))
    };
    shipped(facts).filter_map(misfit).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, said, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &two("golang:1.27-trixie", "go build -o /app .", "almalinux:8")),
            ["go build -o /app ."]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "debian:12"));
        quiet(&RULE, &two("golang:1.27-trixie", "CGO_ENABLED=0 go build -o /app .", "almalinux:8"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:1.27-trixie", "go build -o /app .", "registry.example.com/base:7"));
        quiet(&RULE, &two("registry.example.com/base:7", "go build -o /app .", "almalinux:8"));
    }
}
