//! GB611 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb611::EntryPointNotCopied;

pub(super) fn message(found: &EntryPointNotCopied) -> Message {
    let EntryPointNotCopied { word, path, copied, meant, workdir } = found;
    Message {
        title: "nothing in this file puts the entry point there".to_owned(),
        evidence: vec![
            line("it starts", path.clone().unwrap_or_else(|| format!("{word} of PATH"))),
            line("it copies", copied.join(", ")),
        ],
        production: Some(match path {
            Some(_) => format!("exec: \"{word}\": stat {word}: no such file or directory"),
            None => format!("exec: \"{word}\": executable file not found in $PATH"),
        }),
        cause: Some(format!("the working directory is {workdir}")),
        help: vec![format!("ENTRYPOINT [\"{meant}\"]")],
    }
}
