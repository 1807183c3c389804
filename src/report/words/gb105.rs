//! GB105 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::evidence::gb105::CutShort;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CutShort, about: &About) -> Message {
    Message {
        title: "the file was cut short".to_owned(),
        evidence: vec![
            line(format!("{} has", about.file), format!("{} bytes", found.size)),
            noted("its headers promise", format!("{} bytes", found.promised), found.part.as_str()),
        ],
        cause: Some(
            "a full disk, an interrupted copy or download, or a tool that rewrote the file".to_owned(),
        ),
        help: vec![format!("free some space and rebuild it: {}", rebuild(about))],
        ..Message::default()
    }
}
