//! Everything that a rule may look at.

use std::collections::BTreeMap;

use super::Context;
use super::builds::{self, Build};
use super::source::Source;
use crate::dockerfile::model::{Environment, Resolved, Value, expand};
use crate::dockerfile::parse::shell::{self, Simple};
use crate::dockerfile::parse::{Command, Copy, Run, Step, What};
use crate::image::Image;

/// A file, its images and its context.
pub struct Facts<'a> {
    /// The file with its variables filled in.
    pub resolved: &'a Resolved<'a>,
    /// The stage that runs, by its index.
    pub last: usize,
    /// What is known of the images, by the reference in the file.
    pub images: &'a BTreeMap<String, Image>,
    /// The build context.
    pub context: &'a dyn Context,
    /// Today as `2026-11-23`.
    pub today: &'a str,
    /// Every `go build` in the file.
    pub(super) builds: Vec<Build>,
    /// What the Go files of the context show.
    pub(super) source: Source,
}

/// Endings of what is read and not run, and of scripts.
const TEXTS: &[&str] = &[
    "cfg",
    "cnf",
    "conf",
    "crt",
    "css",
    "env",
    "html",
    "ini",
    "js",
    "json",
    "md",
    "pem",
    "properties",
    "py",
    "sh",
    "sql",
    "tmpl",
    "toml",
    "txt",
    "xml",
    "yaml",
    "yml",
];

/// A step and where it is.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) stage: usize,
    pub(super) index: usize,
    pub(super) step: &'a Step,
}

impl<'a> Facts<'a> {
    /// The facts, with what is computed from them once.
    pub fn new(
        resolved: &'a Resolved<'a>,
        last: usize,
        images: &'a BTreeMap<String, Image>,
        context: &'a dyn Context,
        today: &'a str,
    ) -> Self {
        let source = Source::read(context);
        let mut facts = Self { resolved, last, images, context, today, builds: Vec::new(), source };
        facts.builds = builds::all(&facts);
        facts
    }

    /// What is known of the image at the bottom of a stage.
    pub(super) fn image(&self, stage: usize) -> Option<&'a Image> {
        self.images.get(self.resolved.image(stage).ok()?)
    }

    /// What is known of the final image.
    pub(super) fn final_image(&self) -> Option<&'a Image> {
        self.image(self.last)
    }

    /// The steps of a stage and of what it is built on, from the image up.
    pub(super) fn steps(&self, stage: usize) -> Vec<At<'a>> {
        let mut chain = self.resolved.chain(stage);
        chain.reverse();
        let of = |stage: usize| {
            let steps = self.resolved.stages[stage].parsed.steps.iter().enumerate();
            steps.map(move |(index, step)| At { stage, index, step })
        };
        chain.into_iter().flat_map(of).collect()
    }

    /// The steps of the stage that runs.
    pub(super) fn final_steps(&self) -> Vec<At<'a>> {
        self.steps(self.last)
    }

    /// The variables in front of a step.
    pub(super) fn env(&self, at: At<'_>) -> &Environment {
        &self.resolved.stages[at.stage].before[at.index]
    }

    /// A word with its variables, where all of them are known.
    pub(super) fn known(&self, at: At<'_>, text: &str) -> Option<String> {
        match expand(text, self.env(at)) {
            Value::Known(text) => Some(text),
            Value::Unset => Some(String::new()),
            Value::Unknown(_) => None,
        }
    }

    /// Whether a `RUN` of the stage, or of what it is built on, has one of the words in it.
    pub(super) fn runs_with(&self, stage: usize, words: &[&str]) -> bool {
        self.steps(stage).iter().any(|at| match &at.step.what {
            What::Run(run) => {
                let text = self.resolved.file.text.get(at.step.span.clone()).unwrap_or_default();
                let script = run.script.as_deref().unwrap_or_default();
                words.iter().any(|word| text.contains(word) || script.contains(word))
            }
            _ => false,
        })
    }

    /// Whether a command of the stage names a package as `apk add bash` does, or packages by a variable.
    pub(super) fn installs(&self, stage: usize, package: &str) -> bool {
        let names = |command: &Simple| {
            let adds = command.words.iter().any(|word| matches!(word.as_str(), "add" | "install"));
            let mut words = command.words.iter().skip(1).filter(|word| !word.contains('/'));
            words.any(|word| word.contains(package) || (adds && word.contains(['$', '<'])))
        };
        self.steps(stage).iter().any(|at| match &at.step.what {
            What::Run(run) => commands(run).iter().any(names),
            _ => false,
        })
    }

    /// Whether anything is run in the stage or what it is built on.
    pub(super) fn runs(&self, stage: usize) -> bool {
        self.steps(stage).iter().any(|at| matches!(at.step.what, What::Run(_)))
    }

    /// What is copied in the final stage, and where it is written.
    pub(super) fn copies(&self, stage: usize) -> Vec<(At<'a>, &'a Copy)> {
        let copy = |at: At<'a>| match &at.step.what {
            What::Copy(copy) => Some((at, copy)),
            _ => None,
        };
        self.steps(stage).into_iter().filter_map(copy).collect()
    }

    /// What the Go files of the context show of the program; none where the file ships none: no Go is built in what
    /// runs, nothing comes from elsewhere, and what is copied of the context are texts.
    pub(super) fn program(&self) -> Option<&Source> {
        let chain = self.resolved.chain(self.last);
        let built = self.builds.iter().any(|build| chain.contains(&build.stage));
        let may_be = |at: At<'_>, text: &str| {
            let path = self.known(at, text).unwrap_or_default();
            path.rsplit_once('.').is_none_or(|(_, ending)| !TEXTS.contains(&ending))
        };
        let copied = self
            .copies(self.last)
            .into_iter()
            .any(|(at, copy)| copy.from.is_some() || copy.sources.iter().any(|word| may_be(at, &word.text)));
        (built || copied).then_some(&self.source)
    }

    /// The last `ENTRYPOINT` and the last `CMD` of the stage that runs.
    pub(super) fn started(&self) -> (Option<&'a Command>, Option<&'a Command>) {
        let (mut entry, mut command) = (None, None);
        for at in self.final_steps() {
            match &at.step.what {
                // A new entry point forgets the command of the image below.
                What::Entrypoint(found) => entry = Some(found),
                What::Cmd(found) => command = Some(found),
                _ => {}
            }
        }
        (entry, command)
    }

    /// The user that runs, where the file says.
    pub(super) fn user(&self) -> Option<(At<'a>, String)> {
        let user = |at: At<'a>| match &at.step.what {
            What::User(word) => Some((at, self.known(at, &word.text)?)),
            _ => None,
        };
        self.final_steps().into_iter().rev().find_map(user)
    }

    /// Whether a user other than root runs; none where nobody knows.
    pub(super) fn is_unprivileged(&self) -> Option<bool> {
        if let Some((_, user)) = self.user() {
            let name = user.split(':').next().unwrap_or_default();
            return Some(!matches!(name, "root" | "0" | ""));
        }
        let name = self.resolved.image(self.last).ok()?;
        Some(name.starts_with("gcr.io/distroless/") && name.contains("nonroot"))
    }
}

/// The commands of a `RUN`.
pub(super) fn commands(run: &Run) -> Vec<Simple> {
    match (&run.script, &run.command) {
        (Some(script), _) => shell::commands(script),
        (None, Command::Shell(word)) => shell::commands(&word.text),
        (None, Command::Exec(words, _)) => {
            let words: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
            match &words[..] {
                [shell, flag, script, ..] if flag.ends_with('c') && shell.ends_with("sh") => {
                    shell::commands(script)
                }
                _ => vec![Simple { words, ..Simple::default() }],
            }
        }
    }
}
