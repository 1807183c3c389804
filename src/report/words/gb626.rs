//! GB626 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb626::LibraryOfAnotherImage;
use crate::image::{Fact, Libc};

pub(super) fn message(found: &LibraryOfAnotherImage) -> Message {
    let LibraryOfAnotherImage { path, source, source_libc, image, image_libc, newer } = found;
    let title = match (newer, source_libc) {
        (true, _) => "the library comes from an image with a newer C library",
        (false, Libc::Musl(_)) => "the library needs musl, which the final image does not have",
        (false, _) => "the library needs glibc, which the final image does not have",
    };
    let production = match (newer, source_libc) {
        (true, Libc::Glibc(Fact::Known(version))) => {
            format!("/lib64/libc.so.6: version `GLIBC_{version}' not found (required by {path})")
        }
        (true, _) => format!("Error relocating {path}: symbol not found"),
        (false, Libc::Musl(_)) => {
            "error while loading shared libraries: libc.musl-x86_64.so.1: cannot open shared object file"
                .to_owned()
        }
        (false, _) => format!("Error relocating {path}: __vfprintf_chk: symbol not found"),
    };
    Message {
        title: title.to_owned(),
        evidence: vec![
            line(format!("{source} has"), source_libc.to_string()),
            line(format!("{image} has"), image_libc.to_string()),
        ],
        production: Some(production),
        cause: None,
        help: vec![
            "install it from the final image's own packages, with apk add or apt-get install".to_owned(),
            "or copy it from an image of the same release".to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Version;

    fn said(source_libc: Libc, image_libc: Libc, newer: bool) -> (String, String) {
        let said = message(&LibraryOfAnotherImage {
            path: "/usr/lib/libx.so.1".to_owned(),
            source: "one".to_owned(),
            source_libc,
            image: "two".to_owned(),
            image_libc,
            newer,
        });
        (said.title, said.production.unwrap_or_default())
    }

    #[test]
    fn the_loader_of_the_final_image_says_what_it_misses() {
        let glibc = |minor| Libc::Glibc(Fact::Known(Version(2, minor, 0)));
        let musl = |patch| Libc::Musl(Fact::Known(Version(1, 2, patch)));
        for (from, to, newer, title, production) in [
            (
                glibc(41),
                glibc(36),
                true,
                "the library comes from an image with a newer C library",
                "/lib64/libc.so.6: version `GLIBC_2.41' not found (required by /usr/lib/libx.so.1)",
            ),
            (
                musl(6),
                musl(5),
                true,
                "the library comes from an image with a newer C library",
                "Error relocating /usr/lib/libx.so.1: symbol not found",
            ),
            (
                glibc(41),
                musl(6),
                false,
                "the library needs glibc, which the final image does not have",
                "Error relocating /usr/lib/libx.so.1: __vfprintf_chk: symbol not found",
            ),
            (
                musl(6),
                glibc(41),
                false,
                "the library needs musl, which the final image does not have",
                "error while loading shared libraries: libc.musl-x86_64.so.1: cannot open shared object file",
            ),
        ] {
            assert_eq!(said(from, to, newer), (title.to_owned(), production.to_owned()));
        }
    }
}
