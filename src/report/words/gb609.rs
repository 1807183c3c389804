//! GB609 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb609::GoTooOld;

pub(super) fn message(found: &GoTooOld) -> Message {
    let GoTooOld { file, asked, has, newer } = found;
    Message {
        title: format!("{file} requires a newer Go than the image has"),
        evidence: vec![
            line(format!("{file} says"), format!("go {asked}")),
            line("the image has", format!("go {has}, and GOTOOLCHAIN=local")),
        ],
        production: Some(format!("go: {file} requires go >= {asked} (running go {has}; GOTOOLCHAIN=local)")),
        cause: None,
        help: vec![format!("use an image with it: {newer}")],
    }
}
