//! `RUN`, and the forms without brackets, are started by `/bin/sh -c`.

use super::contents;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb612::{Asked, Instruction, ShellMissing};
use crate::dockerfile::parse::{Command, What};
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB612, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image().filter(|image| image.shell == Fact::Known(None)) else {
        return Vec::new();
    };
    // A shell that the file brings along, or a copy that could bring one.
    let Some(placed) = contents::placed(facts) else { return Vec::new() };
    let brings = |path: &str| {
        path.ends_with("/sh") || path.contains("busybox") || matches!(path, "/bin" | "/usr" | "/usr/bin")
    };
    if placed.iter().any(|one| one.files.iter().chain(&one.folder).any(|path| brings(path))) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (entry, started) = facts.started();
    // Only the last of each counts, and with an entry point CMD is no command but its arguments.
    let is_last =
        |last: Option<&Command>, command: &Command| last.is_some_and(|last| last.span() == command.span());
    for at in facts.final_steps() {
        let (instruction, command) = match &at.step.what {
            What::Run(run) => (Instruction::Run, &run.command),
            What::Entrypoint(command) if is_last(entry, command) => (Instruction::Entrypoint, command),
            What::Cmd(command) if entry.is_none() && is_last(started, command) => (Instruction::Cmd, command),
            What::Healthcheck(Some(command)) => (Instruction::Healthcheck, command),
            What::Shell(_) => return Vec::new(),
            _ => continue,
        };
        let needs = match command {
            Command::Shell(_) => true,
            Command::Exec(words, _) => words
                .first()
                .is_some_and(|word| matches!(word.text.as_str(), "sh" | "/bin/sh" | "bash" | "/bin/bash")),
        };
        if !needs {
            continue;
        }
        let asked = match command {
            Command::Shell(text) => asked(&text.text),
            Command::Exec(..) => Asked::Name,
        };
        let evidence = ShellMissing { instruction, asked, image: image.written.clone() };
        found.push(super::found(&at.step.span, evidence));
    }
    found
}

/// Whether brackets say the same: nothing in it means more to a shell than to the engine.
fn asked(text: &str) -> Asked {
    if text.contains(|letter: char| "&|;<>()$`\\\"'*?[]{}~#\n".contains(letter)) {
        return Asked::Line;
    }
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    // `A=b app` and `exec app` are a shell's.
    let first = words.first().map_or("", String::as_str);
    if first.contains('=') || matches!(first, "exec" | "cd" | "." | "if" | "for" | "while" | "set" | "eval") {
        return Asked::Line;
    }
    Asked::Form { words }
}

#[cfg(test)]
mod tests {
    use super::{Asked, RULE, asked};
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn only_one_plain_command_can_be_written_with_brackets() {
        assert_eq!(asked("/app -v"), Asked::Form { words: vec!["/app".to_owned(), "-v".to_owned()] });
        for line in [
            "/app migrate && /app serve",
            "/app || true",
            "/app --name \"a b\"",
            "A=b /app",
            "exec /app",
            "/app $PORT",
            "/app > /dev/null",
        ] {
            assert_eq!(asked(line), Asked::Line, "{line}");
        }
    }

    #[test]
    fn fires() {
        assert_eq!(
            said(
                &RULE,
                "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nENTRYPOINT /app -v\n"
            ),
            ["ENTRYPOINT /app -v"]
        );
        assert_eq!(
            said(
                &RULE,
                "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM gcr.io/distroless/static-debian13\nCOPY --from=build /app /app\nRUN ls\nENTRYPOINT [\"/app\"]\n"
            ),
            ["RUN ls"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("gcr.io/distroless/static-debian13", "CMD [\"sh\"]\n"));
        quiet(&RULE, &last("scratch", "CMD -v\n"));
        quiet(&RULE, &last("scratch", "ENTRYPOINT /app -v\nENTRYPOINT [\"/app\"]\n"));
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n",
        );
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM alpine:3.24\nCOPY --from=build /app /app\nENTRYPOINT /app\n",
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM registry.example.com/base:7\nENTRYPOINT /app\n",
        );
        quiet(
            &RULE,
            "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /root /\nENTRYPOINT exec server\n",
        );
    }
}
