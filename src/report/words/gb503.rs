//! GB503 in words.

use super::shared::{line, noted};
use crate::diagnostics::evidence::gb503::CannotLoadLibraries;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CannotLoadLibraries, about: &About) -> Message {
    let Some(first) = found.packages.first() else { return Message::default() };
    let name = &about.file;
    let has = |package: &&str| noted(format!("{name} has"), *package, "its table of functions");
    let linked = line(format!("{name} is"), "static, with no loader for libraries");
    Message {
        title: format!("{first} cannot load its library in this binary"),
        evidence: found.packages.iter().map(has).chain([linked]).collect(),
        production: Some("Dynamic loading not supported".to_owned()),
        cause: Some(
            "a static C library has no dlopen, or one that needs the exact libc it was built from".to_owned(),
        ),
        help: vec![
            "if the program uses it, build for an image with glibc: gobuild --target debian:12".to_owned(),
        ],
    }
}
