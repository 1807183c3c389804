//! GB110 in words.

use super::shared::{line, rebuild};
use crate::diagnostics::evidence::gb110::Packed;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &Packed, about: &About) -> Message {
    Message {
        title: "the file was packed with UPX, and what it unpacks cannot be verified".to_owned(),
        evidence: vec![line(format!("{} has", about.file), format!("the mark {}", found.mark))],
        production: Some("Segmentation fault (exit code 139)".to_owned()),
        cause: None,
        help: vec![
            format!("publish what go wrote: {} --release", rebuild(about)),
            "or verify it unpacked: cp FILE plain && upx -d plain && gobuild verify plain".to_owned(),
            "if it is known to run: --allow GB110".to_owned(),
        ],
    }
}
