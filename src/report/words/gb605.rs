//! GB605 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb605::PlatformArgumentUndeclared;

pub(super) fn message(found: &PlatformArgumentUndeclared) -> Message {
    let PlatformArgumentUndeclared { name, stage } = found;
    Message {
        title: format!("{name} is not declared in this stage, and is empty"),
        evidence: vec![
            line("the stage", stage.as_str()),
            line("go then builds for", "the machine that the build runs on"),
        ],
        production: Some("exec /app: exec format error".to_owned()),
        cause: None,
        help: vec![format!("before this line, in this stage: ARG {name}")],
    }
}
