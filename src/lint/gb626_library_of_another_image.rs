//! A library brings the needs of its own image along: its C library, and the versions of it.

use super::contents::brings;
use super::facts::{At, Facts};
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb626::LibraryOfAnotherImage;
use crate::dockerfile::parse::{Copy, Word};
use crate::image::Image;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB626, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    // With a loader and a C library beside the image's own, what is copied may be for those.
    let stands_in = facts.may_install(facts.last, &["gcompat", "glibc", "libc6"])
        || brings(facts, &["ld-linux", "ld-musl", "ld64", "libc.so", "libc.musl"]);
    if stands_in {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, copy) in facts.copies(facts.last) {
        let Some(from) = source(facts, at, copy) else { continue };
        for word in &copy.sources {
            let Some(path) = facts.known(at, &word.text).filter(|path| is_library(path)) else { continue };
            let name = path.rsplit('/').next().unwrap_or_default();
            let to = facts.known(at, &copy.to.text).unwrap_or_default();
            let to = if to.ends_with('/') { format!("{to}{name}") } else { to };
            found.extend(misfit(from, image, word, to));
        }
    }
    found
}

/// The image that is copied from, where it is known.
fn source<'a>(facts: &Facts<'a>, at: At<'_>, copy: &Copy) -> Option<&'a Image> {
    let from = copy.from.as_ref()?;
    match facts.resolved.source(copy, at.stage, at.index) {
        Some(stage) => facts.image(stage),
        None => facts.images.get(&facts.known(at, &from.text)?),
    }
}

/// `libfoo.so`, `libfoo.so.1.2`, `libfoo.so*`
fn is_library(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let end = name.find(".so").map(|at| &name[at + 3..]);
    end.is_some_and(|end| end.is_empty() || end.starts_with(['.', '*']))
}

fn misfit(from: &Image, to: &Image, word: &Word, path: String) -> Option<Remark> {
    let (Fact::Known(here), Fact::Known(there)) = (from.libc, to.libc) else { return None };
    let newer = match (here, there) {
        (Libc::Glibc(Fact::Known(here)), Libc::Glibc(Fact::Known(there)))
        | (Libc::Musl(Fact::Known(here)), Libc::Musl(Fact::Known(there)))
            if here > there =>
        {
            true
        }
        (Libc::Glibc(_), Libc::Musl(_)) | (Libc::Musl(_), Libc::Glibc(_)) => false,
        _ => return None,
    };
    let evidence = LibraryOfAnotherImage {
        path,
        source: from.written.clone(),
        source_libc: here,
        image: to.written.clone(),
        image_libc: there,
        newer,
    };
    // Whether the library asks for anything that only the newer one has is not in the file.
    Some(super::found(&word.span, evidence).doubtful(newer))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &last("alpine:3.24", "COPY --from=debian:13 /usr/lib/libx.so.1 /usr/lib/\n")),
            ["/usr/lib/libx.so.1"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("debian:13", "COPY --from=debian:13 /usr/lib/libx.so.1 /usr/lib/\n"));
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            &last("registry.example.com/base:7", "COPY --from=debian:13 /usr/lib/libx.so.1 /usr/lib/\n"),
        );
        quiet(&RULE, &last("alpine:3.24", "COPY --from=libraries /usr/lib/libx.so.1 /usr/lib/\n"));
    }
}
