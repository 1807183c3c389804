//! GB623 in words.

use super::copied::denied;
use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb623::ScriptNotExecutable;

pub(super) fn message(found: &ScriptNotExecutable) -> Message {
    let path = &found.file.path;
    Message {
        title: format!("{path} is started but is not executable"),
        evidence: vec![line(format!("{path} has"), "no x bit"), line("COPY", "keeps the file's mode")],
        production: Some(denied(&found.file)),
        cause: None,
        help: vec!["COPY --chmod=755, or chmod +x in the context".to_owned()],
    }
}
