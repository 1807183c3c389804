//! GB107 in words.

use super::shared::{line, rebuild};
use crate::diagnostics::evidence::gb107::Unreadable;
use crate::diagnostics::{About, Message};

/// More lines than this help nobody; the rest is counted.
const SHOWN: usize = 5;

pub(super) fn message(found: &Unreadable, about: &About) -> Message {
    let label = format!("{} has", about.file);
    let build_info = found.build_info.iter().map(|text| format!("Go's build information: {text}"));
    let all: Vec<String> = found.contradictions.iter().cloned().chain(build_info).collect();
    let more = all.len().saturating_sub(SHOWN);
    let mut evidence: Vec<_> = all.into_iter().take(SHOWN).map(|text| line(&label, text)).collect();
    if more > 0 {
        evidence.push(line(&label, format!("{more} more contradictions")));
    }
    Message {
        title: "the file contradicts itself and cannot be verified".to_owned(),
        evidence,
        cause: Some("a packer, a damaged copy, or a tool that edited the file after the link".to_owned()),
        help: vec![format!("rebuild it and leave it as go wrote it: {}", rebuild(about))],
        ..Message::default()
    }
}
