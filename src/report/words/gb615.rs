//! GB615 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb615::TemporaryFolderNotMade;

pub(super) fn message(found: &TemporaryFolderNotMade) -> Message {
    Message {
        title: "the program makes temporary files, but the image has no /tmp".to_owned(),
        evidence: vec![
            line("the program", "makes temporary files"),
            line(format!("{} has", found.image), "none, and nothing in this file adds them"),
        ],
        production: Some("open /tmp/upload-1: no such file or directory".to_owned()),
        cause: None,
        help: vec![
            "create it: COPY --from=build --chmod=1777 /tmp /tmp".to_owned(),
            "or name another folder: ENV TMPDIR=/data".to_owned(),
        ],
    }
}
