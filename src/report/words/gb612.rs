//! GB612 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb612::{Asked, Instruction, ShellMissing};

pub(super) fn message(found: &ShellMissing) -> Message {
    let word = match found.instruction {
        Instruction::Run => "RUN",
        Instruction::Entrypoint => "ENTRYPOINT",
        Instruction::Cmd => "CMD",
        Instruction::Healthcheck => "HEALTHCHECK",
    };
    let help = match (found.instruction, &found.asked) {
        (Instruction::Run, _) => "do it in a build stage and copy the result with COPY --from".to_owned(),
        (instruction, Asked::Form { words }) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let cmd = if instruction == Instruction::Healthcheck { " CMD" } else { "" };
            format!("write it with brackets: {word}{cmd} [{}]", words.join(", "))
        }
        (_, Asked::Line) => {
            "let the program do what this line does, and start it alone, with brackets; or take an image with a shell"
                .to_owned()
        }
        (_, Asked::Name) => "start the program itself".to_owned(),
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
