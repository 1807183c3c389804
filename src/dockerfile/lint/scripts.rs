//! What is started, where it comes out of the context: entry point, command and health check.

use super::contents;
use super::facts::Facts;
use crate::dockerfile::parse::{Command, Span, What};

/// A file of the context that is started.
pub(super) struct Started {
    /// Its path in the context.
    pub(super) path: String,
    /// Its path in the image.
    pub(super) lands: String,
    /// The `COPY`.
    pub(super) span: Span,
    /// Whether `--chmod` gives it a mode.
    pub(super) chmod: bool,
    /// Whether it can be run as it is.
    pub(super) executable: Option<bool>,
}

/// A script among them.
pub(super) struct Script {
    pub(super) path: String,
    pub(super) lands: String,
    pub(super) span: Span,
    pub(super) text: String,
}

pub(super) fn started(facts: &Facts<'_>) -> Vec<Started> {
    let (Some(placed), Some(workdir)) = (contents::placed(facts), contents::workdir(facts)) else {
        return Vec::new();
    };
    let (entry, command) = facts.started();
    let health = facts.final_steps().into_iter().rev().find_map(|at| match &at.step.what {
        What::Healthcheck(Some(command)) => Some(command),
        _ => None,
    });
    let main = entry.or(command);
    let first = |command: &Command| match command {
        Command::Exec(words, _) => words.first().map(|word| word.text.clone()),
        Command::Shell(word) => word.text.split_whitespace().next().map(str::to_owned),
    };
    let programs: Vec<String> = main.into_iter().chain(health).filter_map(first).collect();
    let is_meant = |lands: &str| {
        programs.iter().any(|program| {
            if program.contains('/') {
                return contents::join(&workdir, program) == lands;
            }
            lands.rsplit('/').next() == Some(program) && lands.contains("bin/")
        })
    };
    placed
        .into_iter()
        .filter_map(|one| {
            let lands = one.files.into_iter().find(|file| is_meant(file))?;
            let path = one.from_context?;
            let executable = facts.context.entry(&path)?.executable;
            Some(Started { path, lands, span: one.span, chmod: one.chmod, executable })
        })
        .collect()
}

pub(super) fn scripts(facts: &Facts<'_>) -> Vec<Script> {
    let read = |one: Started| {
        let text = facts.context.text(&one.path).filter(|text| text.starts_with("#!"))?;
        Some(Script { path: one.path, lands: one.lands, span: one.span, text })
    };
    started(facts).into_iter().filter_map(read).collect()
}
