//! GB209 in words.

use super::shared::{image, line, noted, rebuild};
use crate::diagnostics::evidence::gb209::StaticTls;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &StaticTls, about: &About) -> Message {
    let name = &about.file;
    Message {
        title: "it is not known whether this library is loaded in a way that musl allows".to_owned(),
        evidence: vec![
            noted(format!("{name} has"), found.flag, "Go keeps the current goroutine in such a variable"),
            line(format!("{} has", image(about)), "musl, whose dlopen refuses it"),
        ],
        production: Some(format!("Error relocating {name}: initial-exec TLS resolves to dynamic definition")),
        cause: None,
        help: vec![
            format!("build a program instead of a library: {} -buildmode=exe", rebuild(about)),
            "or, if programs are linked with it and nothing opens it with dlopen: --allow GB209".to_owned(),
        ],
    }
}
