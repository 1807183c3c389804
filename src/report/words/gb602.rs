//! GB602 in words.

use super::linked::{CGO_OFF, cause};
use super::shared::line;
use crate::diagnostics::evidence::ImageLibc;
use crate::diagnostics::evidence::gb602::LibcOlder;
use crate::diagnostics::{Line, Message};
use crate::image::taken_for::TakenFor;

pub(super) fn message(found: &LibcOlder) -> Message {
    Message {
        title: "the build links against a newer C library than the final image has".to_owned(),
        evidence: vec![
            has(&found.builder, found.builder_taken_for.as_ref()),
            has(&found.image, found.image_taken_for.as_ref()),
        ],
        production: found
            .lacks
            .as_ref()
            .map(|version| format!("version `{version}' not found (required by /app)")),
        cause: Some(cause(&found.linked_by)),
        help: vec![
            CGO_OFF.to_owned(),
            "if it has C code: build in the golang image of the final image's release, as in golang:1.27-bookworm"
                .to_owned(),
        ],
    }
}

fn has(one: &ImageLibc, taken_for: Option<&TakenFor>) -> Line {
    let libc = one.libc;
    let value = taken_for.map_or_else(|| libc.to_string(), |taken_for| format!("{libc} ({taken_for})"));
    line(format!("{} has", one.image), value)
}
