//! What is started, where it comes out of the context: entry point, command and health check of the stage that
//! runs, and what `RUN` calls by its path in every stage that comes into it.

use super::contents::{self, Placed};
use super::facts::Facts;
use crate::diagnostics::evidence::{CopiedFile, Starter};
use crate::dockerfile::model::joined;
use crate::dockerfile::parse::{Command, Span, What};
use crate::shell::has_hole;

/// A file of the context that is started.
pub(super) struct Started {
    /// Its path in the context.
    pub(super) path: String,
    /// Its path in the image.
    pub(super) lands: String,
    /// The stage that it is started in.
    pub(super) stage: usize,
    /// Whether `RUN` starts it, so that the build fails and not the container.
    pub(super) run: bool,
    /// The `COPY`.
    pub(super) span: Span,
    /// Whether `--chmod` gives it a mode.
    pub(super) chmod: bool,
    /// Whether it can be run as it is.
    pub(super) executable: Option<bool>,
}

impl Started {
    /// As evidence names it.
    pub(super) fn copied(&self) -> CopiedFile {
        let starter = if self.run { Starter::Run } else { Starter::Container };
        CopiedFile { path: self.path.clone(), lands: self.lands.clone(), starter }
    }
}

/// A script among them.
pub(super) struct Script {
    pub(super) file: Started,
    pub(super) text: String,
}

pub(super) fn started(facts: &Facts<'_>) -> Vec<Started> {
    let mut found = by_the_container(facts);
    for stage in facts.resolved.reached(facts.last) {
        found.extend(by_run(facts, stage));
    }
    found
}

/// The files of the context that are scripts: they begin with `#!`.
pub(super) fn scripts(facts: &Facts<'_>) -> Vec<Script> {
    let read = |file: Started| {
        let text = facts.context.text(&file.path).filter(|text| text.starts_with("#!"))?;
        Some(Script { file, text })
    };
    started(facts).into_iter().filter_map(read).collect()
}

fn one(facts: &Facts<'_>, placed: &[Placed], lands: String, stage: usize, run: bool) -> Option<Started> {
    let (path, placed) = contents::origin(facts, placed, &lands)?;
    let executable = facts.context.entry(&path)?.executable;
    Some(Started { path, lands, stage, run, span: placed.span.clone(), chmod: placed.chmod, executable })
}

fn by_the_container(facts: &Facts<'_>) -> Vec<Started> {
    let (Some(placed), Some(workdir)) = (contents::placed(facts), contents::workdir(facts)) else {
        return Vec::new();
    };
    let (entry, command) = facts.started();
    let health = facts.final_steps().into_iter().rev().find_map(|at| match &at.step.what {
        What::Healthcheck(Some(command)) => Some(command),
        _ => None,
    });
    let first = |command: &Command| match command {
        Command::Exec(words, _) => words.first().map(|word| word.text.clone()),
        Command::Shell(word) => word.text.split_whitespace().next().map(str::to_owned),
    };
    let programs = entry.or(command).into_iter().chain(health).filter_map(first);
    let found = programs.filter_map(|program| {
        if program.contains('/') {
            return one(facts, &placed, joined(&workdir, &program), facts.last, false);
        }
        let mut folders = super::gb611_entry_point_not_copied::PATH.split(':');
        folders.find_map(|folder| one(facts, &placed, joined(folder, &program), facts.last, false))
    });
    found.collect()
}

/// What the stage's own `RUN`s call by a path.
fn by_run(facts: &Facts<'_>, stage: usize) -> Vec<Started> {
    let Some(placed) = contents::placed_in(facts, stage) else { return Vec::new() };
    let mut found = Vec::new();
    for at in facts.steps(stage).into_iter().filter(|at| at.stage == stage) {
        let What::Run(run) = &at.step.what else { continue };
        for ran in &facts.commands.step(at.stage, at.index).ran {
            let Some(word) = ran.words.first().filter(|word| word.contains('/') && !has_hole(word)) else {
                continue;
            };
            // Where a mount has come between, a relative path could be anywhere.
            let own = ran.folder.as_deref().filter(|_| run.mounts.is_empty());
            let folder = if word.starts_with('/') { Some("/") } else { own };
            let Some(lands) = folder.map(|folder| joined(folder, word)) else { continue };
            // What is copied later is not there yet. (A parent stage has the lower number.)
            let until = placed.partition_point(|one| one.step < (at.stage, at.index));
            found.extend(one(facts, &placed[..until], lands, stage, true));
        }
    }
    found
}
