//! GB108 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::evidence::gb108::BrokenPie;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &BrokenPie, about: &About) -> Message {
    let name = &about.file;
    let lacks = if !found.needed.is_empty() {
        noted(format!("{name} needs"), found.needed.join(", "), "and names no loader")
    } else if found.dynamic {
        line(format!("{name} lacks"), "the relocations of a position independent program")
    } else {
        line(format!("{name} lacks"), "the dynamic section of a position independent program")
    };
    let cause = "-buildmode=pie and -d in -ldflags leave nothing to relocate it";
    Message {
        title: "the binary crashes before its first Go instruction".to_owned(),
        evidence: vec![lacks, line(format!("{name} asks for"), "no loader")],
        production: Some("Segmentation fault (exit code 139)".to_owned()),
        cause: found.pie.then(|| cause.to_owned()),
        help: vec![format!("leave -d out of -ldflags, or build no PIE: {} -buildmode=exe", rebuild(about))],
    }
}
