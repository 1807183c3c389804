//! What each step runs: the commands of a `RUN` in their order, each with what its process sees.

use std::collections::BTreeSet;

use super::{Base, Resolved};
use crate::dockerfile::parse::{Command, Run, What};
use crate::shell::{self, Ran, Surroundings, Value};

/// The commands of every step of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    stages: Vec<Vec<Step>>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// What it runs; nothing where it is no `RUN`. Places count in the text of the file.
    pub ran: Vec<Ran>,
    /// The variables that its text names.
    pub named: BTreeSet<String>,
    /// The folder that it runs in: where the `WORKDIR`s lead, else the image's own where that is known.
    pub folder: Option<String>,
}

impl Commands {
    /// Follows the script of every `RUN`. `own_folder` tells the working directory of an image, where it is known.
    pub fn of(resolved: &Resolved<'_>, own_folder: impl Fn(&str) -> Option<&'static str>) -> Self {
        let mut stages: Vec<Vec<Step>> = Vec::with_capacity(resolved.stages.len());
        let mut ends: Vec<Option<String>> = Vec::new();
        for stage in &resolved.stages {
            let mut folder = match &stage.base {
                Base::Stage(parent) => ends[*parent].clone(),
                Base::Image(image) => own_folder(image).map(str::to_owned),
                Base::Unknown(_) => None,
            };
            let mut steps = Vec::with_capacity(stage.parsed.steps.len());
            for (step, env) in stage.parsed.steps.iter().zip(&stage.before) {
                let mut found = Step { folder: folder.clone(), ..Step::default() };
                match &step.what {
                    What::Run(run) => {
                        let from = Surroundings { environment: env.clone(), folder: folder.clone() };
                        let (text, start) = script(run);
                        found.named = shell::named(&text);
                        found.ran = shell::walk(&text, &from);
                        for ran in &mut found.ran {
                            // Of a here-document and of a list of words only the step has a place.
                            ran.span = match start {
                                Some(start) => start + ran.span.start..start + ran.span.end,
                                None => step.span.clone(),
                            };
                        }
                    }
                    What::Workdir(word) => {
                        folder = match super::expand(&word.text, env) {
                            Value::Known(path) if path.starts_with('/') => Some(super::joined("/", &path)),
                            Value::Known(path) => folder.map(|folder| super::joined(&folder, &path)),
                            Value::Unset | Value::Unknown(_) => None,
                        };
                    }
                    _ => {}
                }
                steps.push(found);
            }
            ends.push(folder);
            stages.push(steps);
        }
        Self { stages }
    }

    /// A step of a stage, by their numbers.
    pub fn step(&self, stage: usize, index: usize) -> &Step {
        &self.stages[stage][index]
    }
}

/// The text that a shell reads, and where it begins in the file.
fn script(run: &Run) -> (String, Option<usize>) {
    match (&run.script, &run.command) {
        (Some(script), _) => (script.clone(), None),
        (None, Command::Shell(word)) => (word.text.clone(), Some(word.span.start)),
        // No shell reads these words: each is quoted so that it stays what it is.
        (None, Command::Exec(words, _)) => {
            let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
            (words.iter().map(|word| quoted(&word.text)).collect::<Vec<_>>().join(" "), None)
        }
    }
}
