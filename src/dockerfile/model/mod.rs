//! Variables filled in: what each stage is built on, and what every step of it sees.
//!
//! A value that only `docker build` gives, or a private image sets, is [`Value::Unknown`] with the reason;
//! nothing is guessed.

pub mod commands;
mod expand;
pub mod packages;
pub mod target;

use std::collections::BTreeMap;

use rpds::RedBlackTreeSet;

use super::parse::{self, Argument, Copy, Dockerfile, Run, What};

pub use crate::shell::{Environment, Value, joined};
pub use expand::{expand, shortened};

/// The arguments that `BuildKit` sets by itself, in a stage that declares them.
pub const PLATFORM_ARGUMENTS: &[&str] = &[
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETARCH",
    "TARGETVARIANT",
];

/// What a stage is built on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An earlier stage, by its index.
    Stage(usize),
    /// An image.
    Image(String),
    /// Nobody can tell from the file: the reason as a clause.
    Unknown(String),
}

/// A stage with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage<'a> {
    /// As written.
    pub parsed: &'a parse::Stage,
    /// What it is built on.
    pub base: Base,
    /// `--platform` with its variables filled in, where it is written.
    pub platform: Option<Value>,
    /// What is set in front of each step, and one more for the end.
    pub before: Vec<Environment>,
    /// The names that this stage declares with `ARG`, its parents' included.
    pub declared: RedBlackTreeSet<String>,
}

/// A file with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// As written.
    pub file: &'a Dockerfile,
    /// In the order of the file.
    pub stages: Vec<Stage<'a>>,
    /// `ARG` in front of the first `FROM`, filled in.
    pub globals: Environment,
}

/// A platform argument, which every build sets anew.
fn given_by_builder(name: &str) -> Value {
    Value::unknown(format!("{name} is given by the builder, not by the file"))
}

/// Fills in the variables of a file with their defaults.
pub fn resolve(file: &Dockerfile) -> Resolved<'_> {
    let mut globals = Environment::default();
    for name in PLATFORM_ARGUMENTS {
        globals.set(name, given_by_builder(name));
    }
    for argument in &file.globals {
        let value = match &argument.default {
            Some(default) => expand(default, &globals),
            None if PLATFORM_ARGUMENTS.contains(&argument.name.as_str()) => continue,
            None => Value::argument(&argument.name),
        };
        globals.set(&argument.name, value);
    }
    let mut stages: Vec<Stage<'_>> = Vec::new();
    for parsed in &file.stages {
        let stage = stage(parsed, &globals, &stages);
        stages.push(stage);
    }
    Resolved { file, stages, globals }
}

fn stage<'a>(parsed: &'a parse::Stage, globals: &Environment, earlier: &[Stage<'a>]) -> Stage<'a> {
    let base = match expand(&parsed.image.text, globals) {
        Value::Known(image) if image.is_empty() => Base::Unknown("FROM names no image".to_owned()),
        Value::Known(image) => {
            let named = earlier.iter().rposition(|stage| stage.is_named(&image));
            named.map_or(Base::Image(image), Base::Stage)
        }
        Value::Unset => Base::Unknown("FROM names no image".to_owned()),
        Value::Unknown(partly) => Base::Unknown(partly.reason),
    };
    let (mut env, mut declared) = match base {
        Base::Stage(parent) => {
            let parent = &earlier[parent];
            (parent.before.last().cloned().unwrap_or_default(), parent.declared.clone())
        }
        _ => (Environment::default(), RedBlackTreeSet::new()),
    };
    let mut before = Vec::with_capacity(parsed.steps.len() + 1);
    for step in &parsed.steps {
        before.push(env.clone());
        match &step.what {
            What::Arg(arguments) => {
                for argument in arguments {
                    declared.insert_mut(argument.name.clone());
                    let value = argument_value(argument, &env, globals);
                    env.set_argument(&argument.name, value);
                }
            }
            What::Env(pairs) => {
                // All values of one ENV see what was set before it.
                let values: BTreeMap<&str, Value> =
                    pairs.iter().map(|(name, value)| (&**name, expand(value, &env))).collect();
                for (name, value) in values {
                    env.set(name, value);
                }
            }
            _ => {}
        }
    }
    before.push(env);
    let platform = parsed.platform.as_ref().map(|word| expand(&word.text, globals));
    Stage { parsed, base, platform, before, declared }
}

/// What `ARG` gives a stage: its own default, else that of the same name in front of the first `FROM`, else
/// what `BuildKit` sets.
fn argument_value(argument: &Argument, env: &Environment, globals: &Environment) -> Value {
    match (&argument.default, globals.get(&argument.name)) {
        (Some(default), _) => expand(default, env),
        (None, Value::Unset) => Value::argument(&argument.name),
        (None, value) => value,
    }
}

impl Stage<'_> {
    /// Whether `FROM … AS` gives it this name, in any case.
    fn is_named(&self, name: &str) -> bool {
        self.parsed.name.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(name))
    }
}

/// The stage that a name means, else the number.
fn find(stages: &[Stage<'_>], wanted: &str) -> Option<usize> {
    let named = stages.iter().position(|stage| stage.is_named(wanted));
    named.or_else(|| wanted.parse().ok().filter(|number| *number < stages.len()))
}

impl Resolved<'_> {
    /// The stage that is meant: by name or number, else the last.
    pub fn find(&self, wanted: Option<&str>) -> Option<usize> {
        let Some(wanted) = wanted else { return self.stages.len().checked_sub(1) };
        find(&self.stages, wanted)
    }

    /// A stage and what it is built on, the stage first.
    pub fn chain(&self, stage: usize) -> Vec<usize> {
        let mut chain = vec![stage];
        while let Base::Stage(parent) = self.stages[chain[chain.len() - 1]].base {
            chain.push(parent);
        }
        chain
    }

    /// The stage at the bottom of the chain: the one that names an image.
    pub fn bottom(&self, stage: usize) -> &Stage<'_> {
        let chain = self.chain(stage);
        &self.stages[chain[chain.len() - 1]]
    }

    /// The image at the bottom of a stage.
    ///
    /// # Errors
    /// The reason, where the file does not say.
    pub fn image(&self, stage: usize) -> Result<&str, &str> {
        match &self.bottom(stage).base {
            Base::Image(image) => Ok(image),
            Base::Unknown(reason) => Err(reason),
            Base::Stage(_) => Err("the stages go round in a circle"),
        }
    }

    /// The stage that a `COPY --from` means; none for an image.
    pub fn source(&self, copy: &Copy, stage: usize, step: usize) -> Option<usize> {
        self.earlier(&copy.from.as_ref()?.text, stage, step)
    }

    /// The stages that a `RUN --mount=from=` means, images left out.
    fn mounted(&self, run: &Run, stage: usize, step: usize) -> impl Iterator<Item = usize> {
        let names = run.mounts.iter().filter_map(|mount| mount.from.as_deref());
        names.filter_map(move |name| self.earlier(name, stage, step))
    }

    /// The stage in front of another that a name or a number means.
    pub fn earlier(&self, text: &str, stage: usize, step: usize) -> Option<usize> {
        let name = expand(text, &self.stages[stage].before[step]).known()?;
        find(&self.stages[..stage], &name)
    }

    /// The images, and no stages, that a stage and what it is built on copy from: name and offset in the text.
    pub fn images_copied_from(&self, stage: usize) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for stage in self.chain(stage) {
            for (step, what) in self.stages[stage].parsed.steps.iter().enumerate() {
                let What::Copy(copy) = &what.what else { continue };
                let Some(from) = copy.from.as_ref().filter(|_| self.source(copy, stage, step).is_none())
                else {
                    continue;
                };
                let name = expand(&from.text, &self.stages[stage].before[step]).known();
                found.extend(name.map(|name| (name, from.span.start)));
            }
        }
        found
    }

    /// The stage and everything that comes into it: what it is built on, what it copies from and what its commands
    /// are shown.
    pub fn reached(&self, stage: usize) -> Vec<usize> {
        let mut found = vec![stage];
        let mut at = 0;
        while at < found.len() {
            let current = found[at];
            let mut next: Vec<usize> = match self.stages[current].base {
                Base::Stage(parent) => vec![parent],
                _ => Vec::new(),
            };
            for (step, what) in self.stages[current].parsed.steps.iter().enumerate() {
                match &what.what {
                    What::Copy(copy) => next.extend(self.source(copy, current, step)),
                    What::Run(run) => next.extend(self.mounted(run, current, step)),
                    _ => {}
                }
            }
            for stage in next {
                if !found.contains(&stage) {
                    found.push(stage);
                }
            }
            at += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests;
