//! GB612 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb612::{Instruction, ShellMissing};

pub(super) fn message(found: &ShellMissing) -> Message {
    let word = match found.instruction {
        Instruction::Run => "RUN",
        Instruction::Entrypoint => "ENTRYPOINT",
        Instruction::Cmd => "CMD",
        Instruction::Healthcheck => "HEALTHCHECK",
    };
    let help = match (found.instruction, &found.command) {
        (Instruction::Run, _) => "do it in a build stage and copy the result with COPY --from".to_owned(),
        (instruction, Some(command)) => {
            let words: Vec<String> = command.split_whitespace().map(|word| format!("\"{word}\"")).collect();
            let cmd = if instruction == Instruction::Healthcheck { " CMD" } else { "" };
            format!("write it with brackets: {word}{cmd} [{}]", words.join(", "))
        }
        (_, None) => "start the program itself".to_owned(),
    };
    Message {
        title: format!("{word} needs a shell, but the image has none"),
        evidence: vec![
            line(format!("{word} starts"), "/bin/sh"),
            line(format!("{} has", found.image), "no shell"),
        ],
        production: Some("exec: \"/bin/sh\": stat /bin/sh: no such file or directory".to_owned()),
        cause: None,
        help: vec![help],
    }
}
