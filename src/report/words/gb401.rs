//! GB401 in words.

use super::cgo;
use super::shared::{image, noted, rebuild};
use crate::diagnostics::evidence::gb401::WindowsLibraryMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &WindowsLibraryMissing, about: &About) -> Message {
    let WindowsLibraryMissing { of_compiler, redistributed, cause } = found;
    let label = format!("{} needs", about.file);
    let absent = of_compiler.iter().map(|name| noted(&label, name, "part of the compiler, not of Windows"));
    let open = redistributed.iter().map(|name| noted(&label, name, format!("not known of {}", image(about))));
    let first = of_compiler.first().or(redistributed.first()).map_or("", String::as_str);
    Message {
        title: "the binary needs its compiler's libraries".to_owned(),
        evidence: absent.chain(open).collect(),
        production: Some(format!("exit code 0xc0000135 (STATUS_DLL_NOT_FOUND: {first})")),
        cause: cause.as_ref().map(cgo::cause),
        help: vec![
            format!("link them in: CGO_LDFLAGS=\"-O2 -g -static\" {}", rebuild(about)),
            format!("or build without cgo: CGO_ENABLED=0 {}", rebuild(about)),
            "or, if the Dockerfile copies them next to it: --allow GB401".to_owned(),
        ],
    }
}
