//! From the command to the steps: who starts what.

use super::find::{DEFAULT_PATH, Place};
use super::line::{self, First};
use super::user::{self, Stranger};
use super::walk::{Names, Reached};
use super::who::Who;
use super::wrappers::{self, Given, Next, Word};
use super::{By, Content, Found, Start, Step};
use crate::image::config::RunConfig;
use crate::image::read::Tree;
use crate::shell::is_shell;

/// Scripts that the kernel follows for one start: `exec_binprm` (`fs/exec.c`) gives up at the sixth.
const SCRIPTS_AT_MOST: usize = 5;
/// No command line names more programs in a row; what comes behind is not followed.
const STEPS_AT_MOST: usize = 32;

/// Follows what an engine would start; none where the image names nothing to start.
pub fn start(tree: &dyn Tree, run: &RunConfig) -> Option<Start> {
    let command: Vec<String> = run.entrypoint.iter().chain(&run.cmd).cloned().collect();
    if command.is_empty() {
        return None;
    }
    let names = Names::of(tree);
    let workdir = run.workdir.clone().unwrap_or_else(|| "/".to_owned());
    // The engine goes there as root, and makes what is missing.
    let folder = match names.reach("/", &workdir, None) {
        Reached::There(real, _) => real,
        Reached::Missing(_) | Reached::Denied(_) => format!("/{}", workdir.trim_matches('/')),
    };
    let resolved = user::resolve(&names, run.user.as_deref());
    let mut follow = Follow {
        names: &names,
        folder,
        path: Some(run.variable("PATH").unwrap_or(DEFAULT_PATH).to_owned()),
        who: resolved.clone().ok(),
        stranger: resolved.err(),
        steps: Vec::new(),
        open: None,
    };
    let words: Vec<Word> = command.iter().cloned().map(Some).collect();
    follow.words(By::Engine, &words);
    let user = run.user.clone().unwrap_or_else(|| "root".to_owned());
    Some(Start { command, workdir, user, steps: follow.steps, open: follow.open })
}

struct Follow<'a> {
    names: &'a Names<'a>,
    folder: String,
    /// None where it is not known any more.
    path: Option<String>,
    who: Option<Who>,
    stranger: Option<Stranger>,
    steps: Vec<Step>,
    open: Option<String>,
}

impl Follow<'_> {
    /// A program with its arguments.
    fn words(&mut self, by: By, words: &[Word]) {
        let Some((Some(word), rest)) = words.split_first() else {
            self.open = Some("what runs is named by a variable".to_owned());
            return;
        };
        if self.path.is_none() && !word.contains('/') {
            self.open = Some(format!("`{word}` is looked for in a PATH that is made when it runs"));
            return;
        }
        if self.steps.len() == STEPS_AT_MOST {
            self.open = Some(format!("what `{word}` starts is too far down"));
            return;
        }
        let by_engine = by == By::Engine;
        match self.step(by, word, None) {
            Some((path, Content::Program)) => self.behind(word, &path, rest),
            Some((path, Content::Script(_))) => self.script(&path),
            Some((path, Content::Neither(_))) if !by_engine => {
                self.open = Some(format!("what {path} does is not known before it runs"));
            }
            Some((_, Content::Neither(_) | Content::Unread(_))) | None => {}
        }
    }

    /// Adds a step; the path and the content of what can be started.
    fn step(&mut self, by: By, word: &str, argument: Option<String>) -> Option<(String, Content)> {
        let path = self.path.clone().unwrap_or_default();
        let place = Place { names: self.names, folder: &self.folder, path: &path };
        let found = place.find(word, &by, self.who.as_ref());
        let started = match &found {
            Found::File { path, content, .. } => Some((path.clone(), content.clone())),
            _ => None,
        };
        let (who, stranger) = (self.who.clone(), self.stranger.take());
        self.steps.push(Step { by, word: word.to_owned(), argument, who, stranger, found });
        started
    }

    /// What a script's first line starts, and what nobody knows then.
    fn script(&mut self, path: &str) {
        let first = path.to_owned();
        let mut script = path.to_owned();
        for depth in 1.. {
            let Some(Found::File { content: Content::Script(line), .. }) =
                self.steps.last().map(|step| &step.found)
            else {
                break;
            };
            let line = line.clone();
            let by = if depth > SCRIPTS_AT_MOST {
                By::TooDeep { script: first.clone() }
            } else {
                By::Line { script: script.clone() }
            };
            let found = self.step(by, &line.interpreter, line.argument.clone());
            if depth > SCRIPTS_AT_MOST {
                return;
            }
            let Some((path, content)) = found else { return };
            if content == Content::Program {
                if name_of(&line.interpreter) == "env" && !self.env_line(&script, line.argument.as_deref()) {
                    return;
                }
                break;
            }
            script = path;
        }
        self.open = Some(format!("what {first} does is not known before it runs"));
    }

    /// `#!/usr/bin/env NAME`: whether its word can be started, as far as it is known.
    fn env_line(&mut self, script: &str, argument: Option<&str>) -> bool {
        let Some(argument) = argument else { return true };
        // Only -S takes the argument apart; without it the whole text is one name.
        let split = argument.strip_prefix("-S").or_else(|| argument.strip_prefix("--split-string="));
        let word = match split {
            Some(text) => text.split_whitespace().find(|word| !word.contains('=') && !word.starts_with('-')),
            None if argument.starts_with('-') || argument.contains('=') => None,
            None => Some(argument),
        };
        let (Some(word), Some(_)) = (word, &self.path) else { return true };
        self.step(By::EnvLine { script: script.to_owned() }, word, None).is_some()
    }

    /// What a program starts in turn, where it is one that does.
    fn behind(&mut self, word: &str, path: &str, rest: &[Word]) {
        let mut name = name_of(word);
        let mut rest = rest;
        let busybox = name == "busybox" || self.real().is_some_and(|real| name_of(real) == "busybox");
        if name == "busybox"
            && let Some((Some(applet), behind)) = rest.split_first()
        {
            (name, rest) = (applet, behind);
        }
        if is_shell(name) {
            return self.shell(name, path, busybox, rest);
        }
        let Some(wrapper) = wrappers::named(name) else { return };
        match wrapper.next(rest) {
            Next::Nothing => {}
            Next::Open => self.open = Some(format!("what {path} starts is not known before it runs")),
            Next::Words { words, user, variables } => {
                if let Some(user) = user {
                    let resolved = user::resolve(self.names, Some(&user));
                    (self.who, self.stranger) = (resolved.clone().ok(), resolved.err());
                }
                self.variables(variables);
                self.words(By::Wrapper { name: name.to_owned() }, &words);
            }
        }
    }

    fn shell(&mut self, name: &str, path: &str, busybox: bool, rest: &[Word]) {
        match wrappers::given(rest) {
            Given::Nothing => {}
            Given::Open => self.open = Some(format!("what {path} runs is named by a variable")),
            Given::File(file) => {
                if let Some((path, _)) = self.step(By::Reader { name: name.to_owned() }, &file, None) {
                    self.open = Some(format!("what {path} does is not known before it runs"));
                }
            }
            Given::Text(text) => match line::first(&text) {
                First::Open(word) => {
                    self.open = Some(format!("what {path} does with `{word}` is not known before it runs"));
                }
                First::Command { variables, words, more } => {
                    self.variables(variables);
                    let started = words.first().cloned().flatten().unwrap_or_default();
                    self.words(By::Shell { name: name.to_owned(), busybox }, &words);
                    if more && self.open.is_none() {
                        self.open = Some(format!("what {path} runs after `{started}` was not followed"));
                    }
                }
            },
        }
    }

    fn variables(&mut self, variables: Vec<(String, Option<String>)>) {
        for (_, value) in variables.into_iter().filter(|(name, _)| name == "PATH") {
            self.path = value;
        }
    }

    /// Where the last file really is.
    fn real(&self) -> Option<&str> {
        match &self.steps.last()?.found {
            Found::File { real, .. } => Some(real),
            _ => None,
        }
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
