//! A binary asks for the symbol versions of the C library that it was linked with.

use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule, remark};
use crate::diagnostics::catalog;
use crate::image::Image;
use crate::image::facts::{Fact, Libc, Version};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB602, run };

/// From here on programs that only use `net` ask for a new version: glibc took libpthread and the resolver into libc.
const MERGED: Version = Version(2, 34, 0);

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let misfit = |build: &super::builds::Build| {
        let builder = facts.image(build.stage)?;
        let (here, there, message) = match (builder.libc, image.libc) {
            (Fact::Known(Libc::Glibc(Fact::Known(here))), Fact::Known(Libc::Glibc(Fact::Known(there)))) => {
                let message = format!("version `GLIBC_{MERGED}' not found (required by /app)");
                (here, there, message)
            }
            (Fact::Known(Libc::Musl(Fact::Known(here))), Fact::Known(Libc::Musl(Fact::Known(there)))) => {
                (here, there, "Error relocating /app: symbol not found".to_owned())
            }
            _ => return None,
        };
        if here <= there || !build.may_be_dynamic(facts) {
            return None;
        }
        let is_sure = matches!(image.libc, Fact::Known(Libc::Glibc(_))) && there < MERGED && here >= MERGED;
        let mut found =
            remark(&build.span, "the build links against a newer C library than the final image has")
                .doubtful(!is_sure)
                .evidence(format!("{} has", builder.written), built_on(builder))
                .evidence(format!("{} has", image.written), built_on(image))
                .because(build.cgo_cause());
        if is_sure {
            found = found.reads(message);
        }
        Some(found.help("without C code in the program: CGO_ENABLED=0 in front of go build").help(
            "with C code: build in the golang image of the final image's release, as in golang:1.27-bookworm",
        ))
    };
    shipped(facts).filter_map(misfit).collect()
}

fn built_on(image: &Image) -> String {
    let libc = image.libc.known().map(|libc| libc.to_string()).unwrap_or_default();
    match &image.taken_for {
        Some(taken_for) => format!("{libc} ({taken_for})"),
        None => libc,
    }
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
