//! GB603 in words.

use super::linked::cause;
use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb603::LibcFloating;

pub(super) fn message(found: &LibcFloating) -> Message {
    Message {
        title: "the tag moves, and the build's C library with it".to_owned(),
        evidence: vec![
            line(format!("{} is", found.builder), found.taken_for.to_string()),
            line(format!("{} stays", found.image), "what it is"),
        ],
        production: None,
        cause: Some(cause(&found.linked_by)),
        help: vec![
            "name the release in both, as in golang:1.27-bookworm and debian:bookworm-slim".to_owned(),
        ],
    }
}
