//! GB601 in words.

use super::linked::{CGO_OFF, cause};
use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb601::LibcMissing;
use crate::image::Libc;

pub(super) fn message(found: &LibcMissing) -> Message {
    let LibcMissing { builder, image, gcompat, linked_by } = found;
    let family = if matches!(builder.libc, Libc::Musl(_)) { "musl" } else { "glibc" };
    let cause = cause(linked_by);
    Message {
        title: format!("the build links against {family}, but the final image has {}", image.libc),
        evidence: [builder, image]
            .map(|one| line(format!("{} has", one.image), one.libc.to_string()))
            .to_vec(),
        production: Some(
            if *gcompat {
                "Error relocating /app: __vfprintf_chk: symbol not found"
            } else {
                "exec /app: no such file or directory"
            }
            .to_owned(),
        ),
        cause: Some(if *gcompat { format!("{cause}; gcompat has only a part of glibc") } else { cause }),
        help: vec![
            CGO_OFF.to_owned(),
            "if it has C code: build in a stage of the same distribution, or link statically".to_owned(),
        ],
    }
}
