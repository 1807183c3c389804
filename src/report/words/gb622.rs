//! GB622 in words.

use super::copied::not_found;
use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb622::ScriptInterpreterMissing;

pub(super) fn message(found: &ScriptInterpreterMissing) -> Message {
    let ScriptInterpreterMissing { script, first_line, interpreter, image, shell } = found;
    let path = &script.path;
    let (has, help) = match shell {
        Some(shell) => (
            format!("{shell} of busybox"),
            format!("RUN apk add --no-cache {interpreter}, or write it for {shell}"),
        ),
        None => ("no shell".to_owned(), "start the program itself".to_owned()),
    };
    Message {
        title: format!("{path} needs {interpreter}, which the image does not have"),
        evidence: vec![line(format!("{path} begins"), first_line), line(format!("{image} has"), has)],
        production: Some(not_found(script)),
        cause: None,
        help: vec![help],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::evidence::{CopiedFile, Starter};

    #[test]
    fn an_image_without_a_shell_starts_no_script() {
        let script = CopiedFile {
            path: "run.sh".to_owned(),
            lands: "/run.sh".to_owned(),
            starter: Starter::Container,
        };
        let said = message(&ScriptInterpreterMissing {
            script,
            first_line: "#!/bin/sh".to_owned(),
            interpreter: "sh".to_owned(),
            image: "scratch".to_owned(),
            shell: None,
        });
        assert_eq!(said.title, "run.sh needs sh, which the image does not have");
        assert_eq!(said.evidence, [line("run.sh begins", "#!/bin/sh"), line("scratch has", "no shell")]);
        assert_eq!(said.help, ["start the program itself"]);
    }
}
