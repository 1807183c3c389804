//! GB624 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb624::ImageOutOfSupport;

pub(super) fn message(found: &ImageOutOfSupport) -> Message {
    let ImageOutOfSupport { image, end_of_life, today } = found;
    Message {
        title: format!("{image} is out of support"),
        evidence: vec![line("support ended", end_of_life), line("today is", today)],
        production: None,
        cause: None,
        help: vec!["use a supported release: gobuild image list".to_owned()],
    }
}
