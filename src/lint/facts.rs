//! Everything that a rule may look at.

use std::collections::BTreeMap;

use super::Context;
use super::builds::{self, Build};
use super::golang::is_golang;
use super::source::Source;
use crate::dockerfile::model::commands::Commands;
use crate::dockerfile::model::packages::{self, Installed};
use crate::dockerfile::model::{Environment, Resolved, Value, expand};
use crate::dockerfile::parse::{Command, Copy, Step, What};
use crate::image::Image;
use crate::shell::{self, Ran};

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
    /// What each step runs.
    pub(super) commands: Commands,
    /// Every `go build` in the file.
    pub(super) builds: Vec<Build>,
    /// What the Go files of the context show.
    pub(super) source: Source,
}

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
        let commands = Commands::of(resolved, |image| is_golang(image).then_some("/go"));
        let builds = builds::all(resolved, &commands, &source);
        Self { resolved, last, images, context, today, commands, builds, source }
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

    /// What the `RUN`s of a stage run, and of what it is built on.
    pub(super) fn ran(&self, stage: usize) -> impl Iterator<Item = &Ran> {
        self.steps(stage).into_iter().flat_map(|at| &self.commands.step(at.stage, at.index).ran)
    }

    /// Whether the final stage sets a variable, or declares an argument, whose name begins so.
    pub(super) fn sets_variable(&self, start: &str) -> bool {
        self.final_steps().iter().any(|at| match &at.step.what {
            What::Env(pairs) => pairs.iter().any(|(name, _)| name.starts_with(start)),
            What::Arg(arguments) => arguments.iter().any(|argument| argument.name.starts_with(start)),
            _ => false,
        })
    }

    /// Whether the file speaks of the platform that it is built on or for: it is meant for more than one.
    pub(super) fn names_platform(&self) -> bool {
        const NAMES: [&str; 3] = ["BUILDPLATFORM", "TARGETPLATFORM", "TARGETARCH"];
        (0..self.resolved.stages.len()).any(|stage| {
            let found = &self.resolved.stages[stage];
            let platform = found.parsed.platform.iter().chain([&found.parsed.image]);
            let named = platform.flat_map(|word| shell::named(&word.text)).map(|named| named.name);
            let of_steps = (0..found.parsed.steps.len()).map(|index| self.commands.step(stage, index));
            NAMES.iter().any(|name| found.declared.contains(*name))
                || named.into_iter().any(|name| NAMES.contains(&name.as_str()))
                || of_steps.into_iter().any(|step| NAMES.iter().any(|name| step.names(name)))
        })
    }

    /// Whether the stage runs one of these programs.
    pub(super) fn runs_program(&self, stage: usize, programs: &[&str]) -> bool {
        self.ran(stage).any(|ran| programs.iter().any(|program| ran.is(program)))
    }

    /// Whether a command of the stage names one of these files, or something below it.
    pub(super) fn names_path(&self, stage: usize, paths: &[&str]) -> bool {
        let is = |word: &String, path: &&str| {
            let at = word.find(path).map(|at| at + path.len());
            at.is_some_and(|end| word[end..].is_empty() || word[end..].starts_with(['/', ':', '.']))
        };
        self.ran(stage)
            .flat_map(|ran| ran.words.iter().chain(&ran.files))
            .any(|word| paths.iter().any(|path| is(word, path)))
    }

    /// Whether a package is installed in the stage, as far as its commands tell.
    pub(super) fn installed(&self, stage: usize, package: &str) -> Installed {
        packages::installed(self.ran(stage), package)
    }

    /// Whether one of these packages is installed, or may be.
    pub(super) fn may_install(&self, stage: usize, names: &[&str]) -> bool {
        names.iter().any(|name| self.installed(stage, name) != Installed::No)
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
