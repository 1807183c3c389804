//! Where a `go build` leaves its result, and whether that is copied on: helpers of a build, `go install` of a
//! tool, and `go build ./...` that only warms the cache are nobody's image.

use super::builds::{Build, is_golang};
use super::contents::{is_inside, join, workdir_at};
use super::facts::{At, Facts, commands};
use crate::dockerfile::model::{Value, expand};
use crate::dockerfile::parse::What;
use crate::dockerfile::parse::shell::Simple;

/// Commands that take a file somewhere else.
const MOVES: &[&str] = &["cp", "mv", "install", "ln", "upx", "tar", "rsync"];

/// Where the result lies, as far as the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Makes {
    /// Nothing is kept: `go build std`.
    Nothing,
    /// At this path, or in it where that is a folder.
    At(String),
    /// In this folder.
    In(String),
    /// In this folder, under one of these names.
    Named(String, Vec<String>),
    /// Nobody can tell.
    Anywhere,
}

impl Makes {
    /// `value` reads a variable as go sees it.
    pub(super) fn of(facts: &Facts<'_>, at: At<'_>, command: &Simple, value: &dyn Fn(&str) -> Value) -> Self {
        let (output, packages) = split(&command.words);
        if packages.iter().any(|word| matches!(word.as_str(), "std" | "cmd")) {
            return Self::Nothing;
        }
        if command.words.get(1).is_some_and(|word| word == "install") {
            return installed(facts, at, &packages, value);
        }
        let Some(folder) = folder(facts, at) else {
            return match output.map(|word| expand(&word, facts.env(at))) {
                Some(Value::Known(path)) if path.starts_with('/') => Self::output("/", &path, &packages),
                _ => Self::Anywhere,
            };
        };
        match output.map(|word| expand(&word, facts.env(at))) {
            Some(Value::Known(path)) => Self::output(&folder, &path, &packages),
            Some(_) => Self::Anywhere,
            None => {
                let mut names: Vec<String> = packages.iter().map(|word| name(word)).collect();
                names.push(name(&folder));
                names.extend(facts.source.module.as_deref().map(name));
                Self::Named(folder, names)
            }
        }
    }

    /// What `-o` says: a folder with a slash, or for several packages.
    fn output(folder: &str, path: &str, packages: &[String]) -> Self {
        let several = packages.len() > 1 || packages.iter().any(|word| word.contains("..."));
        let path_there = join(folder, path);
        if path.ends_with('/') || several { Self::In(path_there) } else { Self::At(path_there) }
    }

    /// Whether this path is its one file, as far as the file says.
    pub(super) fn is_file(&self, path: &str) -> bool {
        matches!(self, Self::At(at) if at == path)
    }

    /// Whether a copy of this path may bring it.
    fn is_in(&self, path: &str) -> bool {
        let below = |path: &str, folder: &str| path == folder || is_inside(path, folder);
        // Of a pattern the folder is what is sure.
        let (path, pattern) = match path.find(['*', '?', '[']) {
            Some(at) => (path[..at].rsplit_once('/').map_or("/", |(folder, _)| folder), true),
            None => (path, false),
        };
        match self {
            Self::Nothing => false,
            Self::Anywhere => true,
            Self::At(at) | Self::In(at) => below(at, path) || below(path, at),
            Self::Named(folder, names) => {
                below(folder, path)
                    || (below(path, folder)
                        && (pattern || names.iter().any(|name| *name == self::name(path))))
            }
        }
    }
}

/// The value of `-o`, and the packages, of the words of a `go build`.
fn split(words: &[String]) -> (Option<String>, Vec<String>) {
    let mut output = None;
    let mut packages = Vec::new();
    let mut words = words.iter().skip(2);
    while let Some(word) = words.next() {
        let flag = word.strip_prefix("--").or_else(|| word.strip_prefix('-'));
        match flag {
            Some("o") => output = words.next().cloned(),
            Some(flag) if flag.starts_with("o=") => output = Some(flag[2..].to_owned()),
            Some(
                "ldflags" | "tags" | "gcflags" | "asmflags" | "mod" | "p" | "buildmode" | "C" | "pkgdir"
                | "overlay",
            ) => {
                words.next();
            }
            Some(_) => {}
            None => packages.push(word.clone()),
        }
    }
    (output, packages)
}

/// The name that go gives a program: the last element of its path, without version and major version.
fn name(path: &str) -> String {
    let path = path.split('@').next().unwrap_or_default().trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or_default();
    let is_major = last.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
    let name = if is_major { parts.next().unwrap_or(last) } else { last };
    name.strip_suffix(".go").unwrap_or(name).to_owned()
}

fn installed(facts: &Facts<'_>, at: At<'_>, packages: &[String], value: &dyn Fn(&str) -> Value) -> Makes {
    let golang = facts.resolved.image(at.stage).is_ok_and(is_golang);
    let folder = match (value("GOBIN"), value("GOPATH")) {
        (Value::Known(folder), _) => folder,
        (Value::Unset, Value::Known(folder)) => join(&folder, "bin"),
        (Value::Unset, Value::Unset) if golang => "/go/bin".to_owned(),
        _ => return Makes::Anywhere,
    };
    let crosses = value("GOARCH") != Value::Unset || value("GOOS") != Value::Unset;
    match packages {
        [package] if !package.starts_with('.') && !package.contains("...") && !crosses => {
            Makes::At(join(&folder, &name(package)))
        }
        _ => Makes::In(join("/", &folder)),
    }
}

/// The folder that the command runs in; none where a `cd` stands in front of it, or `-C`.
fn folder(facts: &Facts<'_>, at: At<'_>) -> Option<String> {
    let What::Run(run) = &at.step.what else { return None };
    let moves = commands(run).iter().any(|command| command.is("cd") || command.is("pushd"));
    let other =
        commands(run).iter().any(|command| command.is("go") && command.words.iter().any(|word| word == "-C"));
    if moves || other { None } else { workdir_at(facts, at) }
}

/// Whether something that is copied out of its stage, into one that is reached, may bring the result of a build.
pub(super) fn is_copied(facts: &Facts<'_>, build: &Build, reached: &[usize]) -> bool {
    if is_moved(facts, build) {
        return true;
    }
    reached.iter().any(|stage| {
        let steps = facts.resolved.stages[*stage].parsed.steps.iter().enumerate();
        steps.map(|(index, step)| At { stage: *stage, index, step }).any(|at| match &at.step.what {
            What::Copy(copy) => {
                let from = facts.resolved.source(copy, at.stage, at.index);
                let bring =
                    |path: Option<String>| path.is_none_or(|path| build.makes.is_in(&join("/", &path)));
                from.is_some_and(|from| facts.resolved.chain(from).contains(&build.stage))
                    && copy.sources.iter().any(|word| bring(facts.known(at, &word.text)))
            }
            What::Run(run) => run.mounts.iter().any(|mount| mount.contains("from=")),
            _ => false,
        })
    })
}

/// Whether a command takes it somewhere else.
fn is_moved(facts: &Facts<'_>, build: &Build) -> bool {
    let parts: Vec<&str> = match &build.makes {
        Makes::At(path) | Makes::In(path) => path.split('/').filter(|part| !part.is_empty()).collect(),
        Makes::Named(folder, names) => folder
            .split('/')
            .filter(|part| !part.is_empty())
            .chain(names.iter().map(String::as_str))
            .collect(),
        Makes::Nothing | Makes::Anywhere => return false,
    };
    let meant = |word: &String| {
        let last = word.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // Of a pattern, and of a word with a variable, the beginning is what is sure.
        let begins = |at: usize| parts.iter().any(|part| part.starts_with(&last[..at]));
        parts.contains(&last) || last.find(['*', '$']).is_some_and(begins) || last == "."
    };
    facts.steps(build.stage).iter().any(|at| match &at.step.what {
        What::Run(run) => commands(run).iter().any(|command| {
            MOVES.iter().any(|program| command.is(program)) && command.words.iter().skip(1).any(meant)
        }),
        _ => false,
    })
}
