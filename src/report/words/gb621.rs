//! GB621 in words.

use super::copied::not_found;
use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb621::ScriptLineEndings;

pub(super) fn message(found: &ScriptLineEndings) -> Message {
    let ScriptLineEndings { script, first_line } = found;
    let path = &script.path;
    // Quoted with escapes, so that the carriage return is seen.
    let quoted = |text: &str| format!("{text:?}");
    Message {
        title: format!("the lines of {path} end in a carriage return"),
        evidence: vec![
            line(format!("{path} begins"), quoted(first_line)),
            line("the kernel looks for", quoted(first_line.trim_start_matches("#!"))),
        ],
        production: Some(not_found(script)),
        cause: None,
        help: vec![
            format!("sed -i 's/\\r$//' {path}"),
            format!("keep git from adding it, in .gitattributes: {path} text eol=lf"),
        ],
    }
}
