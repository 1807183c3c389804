//! What each step runs: the commands of a `RUN` in their order, each with what its process sees.

use std::collections::BTreeSet;

use super::{Base, Resolved};
use crate::dockerfile::parse::{Command, Run, What};
use crate::shell::{self, Named, Ran, Surroundings, Value};

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
    /// The variables that its text names, with their places; of a here-document that is the step's.
    pub named: Vec<Named>,
    /// Those that it may set by itself.
    pub may_set: BTreeSet<String>,
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
            // Nothing but a shell of Unix is read here.
            let mut is_shell = true;
            for (step, env) in stage.parsed.steps.iter().zip(&stage.before) {
                let mut found = Step { folder: folder.clone(), ..Step::default() };
                match &step.what {
                    What::Shell(words) => {
                        is_shell = words.first().is_some_and(|word| shell::is_shell(&word.text));
                    }
                    What::Run(run) if is_shell || matches!(run.command, Command::Exec(..)) => {
                        let from = Surroundings { environment: env.clone(), folder: folder.clone() };
                        let (text, start) = script(run, &resolved.file.text);
                        found.named = shell::named(&text);
                        found.may_set = shell::may_set(&text);
                        for named in &mut found.named {
                            named.at = start.map_or(step.span.start, |start| start + named.at);
                        }
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

impl Step {
    /// Whether its text names a variable.
    pub fn names(&self, name: &str) -> bool {
        self.named.iter().any(|named| named.name == name)
    }
}

/// The text that a shell reads, and where it begins in the file.
fn script(run: &Run, file: &str) -> (String, Option<usize>) {
    match (&run.script, &run.command) {
        // Its first line may name another program to read it.
        (Some(script), _) if !is_for_shell(script) => (String::new(), None),
        (Some(script), _) => (script.clone(), None),
        // The bodies of here-documents stand behind the instruction.
        (None, Command::Shell(word)) => {
            let whole = file.get(word.span.start..).filter(|_| word.text.contains("<<"));
            let whole = whole.and_then(|text| text.get(..shell::end_of_documents(text)?));
            (whole.map_or_else(|| word.text.clone(), str::to_owned), Some(word.span.start))
        }
        // No shell reads these words: each is quoted so that it stays what it is.
        (None, Command::Exec(words, _)) => {
            let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
            (words.iter().map(|word| quoted(&word.text)).collect::<Vec<_>>().join(" "), None)
        }
    }
}

/// Whether the first line leaves a script to a shell.
fn is_for_shell(script: &str) -> bool {
    let Some(line) = script.strip_prefix("#!").and_then(|rest| rest.lines().next()) else { return true };
    let mut words = line.split_whitespace().filter(|word| !word.starts_with('-'));
    let first = words.next().unwrap_or_default();
    let program = if first.ends_with("/env") { words.next().unwrap_or_default() } else { first };
    shell::is_shell(program)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::model::resolve;
    use crate::dockerfile::parse::parse;

    /// What the first stage of a file runs, a line a command.
    fn ran(text: &str) -> Vec<String> {
        let file = parse(text).unwrap();
        let resolved = resolve(&file);
        let commands = Commands::of(&resolved, |_| None);
        let steps = (0..file.stages[0].steps.len()).flat_map(|index| &commands.step(0, index).ran);
        steps.map(|ran| ran.words.join(" ")).collect()
    }

    #[test]
    fn a_here_document_is_read_by_the_shell_that_gets_it() {
        assert_eq!(ran("FROM a\nRUN <<EOF\ngo build\nls\nEOF\n"), ["go build", "ls"]);
        assert_eq!(ran("FROM a\nRUN <<EOF\n#!/usr/bin/env bash\ngo build\nEOF\n"), ["go build"]);
        assert_eq!(ran("FROM a\nRUN <<EOF\n#!/usr/bin/python3\ngo build\nEOF\n"), Vec::<String>::new());
        assert_eq!(
            ran("FROM a\nRUN bash -e <<EOF && ls\ngo build\nEOF\nLABEL a=b\nRUN cat <<A >/x\nrm\nA\n"),
            ["go build", "ls", "cat"]
        );
    }

    #[test]
    fn another_shell_is_not_read_as_one() {
        assert_eq!(
            ran("FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN go build\nRUN [\"go\", \"vet\"]\n"),
            ["go vet"]
        );
        assert_eq!(ran("FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN go build\n"), ["go build"]);
    }
}
