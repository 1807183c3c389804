//! What the file itself puts into the final image: enough to know whether a path can be there.

use super::facts::{At, Facts};
use super::paths::is_inside;
use crate::dockerfile::model::joined;
use crate::dockerfile::parse::{Command, Copy, Span, What, Word};
use crate::shell::{Ran, has_hole};

/// Something that the file puts somewhere.
pub(super) struct Placed {
    /// The absolute path that is meant.
    pub(super) path: String,
    /// Where it is, if it is one file: a target without a slash may be a folder that is there.
    pub(super) files: Vec<String>,
    /// What is filled, if it is a folder.
    pub(super) folder: Option<String>,
    /// The path in the context, where it comes from there and is one file.
    pub(super) from_context: Option<String>,
    /// The folder of the context whose content it is; empty for the context itself.
    pub(super) context_folder: Option<String>,
    /// The step that places it, by stage and index.
    pub(super) step: (usize, usize),
    /// Where it is written.
    pub(super) span: Span,
    /// Whether `--chmod` gives it a mode.
    pub(super) chmod: bool,
}

impl Placed {
    /// Whether it may be, or bring, what is at a path.
    pub(super) fn covers(&self, path: &str) -> bool {
        self.files.iter().any(|file| file == path)
            || self.folder.as_ref().is_some_and(|folder| is_inside(path, folder))
    }
}

/// The file of the context that lies at a path, and what placed it: the last that did.
pub(super) fn origin<'a>(
    facts: &Facts<'_>,
    placed: &'a [Placed],
    path: &str,
) -> Option<(String, &'a Placed)> {
    let one = placed.iter().rev().find(|one| one.covers(path))?;
    let from = match (&one.from_context, &one.context_folder, &one.folder) {
        (Some(file), _, _) => file.clone(),
        (None, Some(from), Some(folder)) => {
            let rest = path.strip_prefix(folder.as_str())?.trim_start_matches('/');
            if from.is_empty() { rest.to_owned() } else { format!("{from}/{rest}") }
        }
        _ => return None,
    };
    let entry = facts.context.entry(&from)?;
    (!entry.folder && !facts.context.is_ignored(&from)).then_some((from, one))
}

/// Everything placed by `COPY` and `ADD`, in order; none where something is copied that could be anything.
pub(super) fn placed(facts: &Facts<'_>) -> Option<Vec<Placed>> {
    placed_in(facts, facts.last)
}

/// The same for any stage.
pub(super) fn placed_in(facts: &Facts<'_>, stage: usize) -> Option<Vec<Placed>> {
    let started = if stage == facts.last { started(facts) } else { Vec::new() };
    let mut workdir = "/".to_owned();
    let mut found = Vec::new();
    for at in facts.steps(stage) {
        match &at.step.what {
            What::Workdir(word) => workdir = joined(&workdir, &facts.known(at, &word.text)?),
            What::Copy(copy) => {
                let to = facts.known(at, &copy.to.text)?;
                let target = joined(&workdir, &to);
                let several = copy.sources.len() + copy.documents > 1;
                let into = to.ends_with('/') || to == "." || several;
                for source in &copy.sources {
                    let path = facts.known(at, &source.text)?;
                    if copy.adds && (path.contains(".tar") || path.contains(".tgz")) {
                        return None;
                    }
                    found.push(place(facts, at, copy, &path, (&target, into), &started)?);
                }
                if copy.documents > 0 {
                    found.push(Placed {
                        path: target.clone(),
                        files: vec![target.clone()],
                        folder: Some(target.clone()),
                        from_context: None,
                        context_folder: None,
                        step: (at.stage, at.index),
                        span: at.step.span.clone(),
                        chmod: copy.chmod.is_some(),
                    });
                }
            }
            _ => {}
        }
    }
    Some(found)
}

/// One source of a `COPY`. A target is a path, and whether it is surely a folder.
fn place(
    facts: &Facts<'_>,
    at: At<'_>,
    copy: &Copy,
    path: &str,
    (target, into): (&str, bool),
    started: &[String],
) -> Option<Placed> {
    let trimmed = path.trim_start_matches('/').trim_end_matches('/').trim_start_matches("./");
    let base = trimmed.rsplit('/').next().unwrap_or_default();
    let whole = base.is_empty() || base == "." || base.contains(['*', '?', '[']);
    let inside = joined(target, base);
    let from_context = copy.from.is_none();
    let is_file = match facts.context.entry(trimmed).filter(|_| from_context) {
        _ if whole || path.ends_with('/') => Some(false),
        Some(entry) => Some(!entry.folder),
        None if started.contains(&inside) => Some(true),
        None => is_built(facts, at, copy, &joined("/", path)).then_some(true),
    };
    // A folder's content goes into the target; a file goes under its own name where the target is a folder.
    let mut files = if into || whole { Vec::new() } else { vec![target.to_owned()] };
    files.extend((is_file != Some(false)).then(|| inside.clone()));
    let folder = (is_file != Some(true)).then(|| target.to_owned());
    if folder.as_deref() == Some("/") {
        // Whatever a root has.
        return None;
    }
    Some(Placed {
        path: if into && is_file != Some(false) { inside } else { target.to_owned() },
        files: if is_file == Some(false) { Vec::new() } else { files },
        folder,
        from_context: (from_context && is_file == Some(true)).then(|| trimmed.to_owned()),
        context_folder: (from_context && !trimmed.contains(['*', '?', '[']))
            .then(|| if trimmed == "." { String::new() } else { trimmed.to_owned() })
            .filter(|_| is_file == Some(false)),
        step: (at.stage, at.index),
        span: at.step.span.clone(),
        chmod: copy.chmod.is_some(),
    })
}

/// Whether a `go build -o` of the stage that is copied from makes this one file.
fn is_built(facts: &Facts<'_>, at: At<'_>, copy: &Copy, path: &str) -> bool {
    let Some(source) = facts.resolved.source(copy, at.stage, at.index) else { return false };
    let chain = facts.resolved.chain(source);
    // `-o` into a folder that is there makes a file in it.
    let makes_folder = |ran: &Ran| {
        let folders = ran.is("mkdir") || (ran.is("install") && ran.words.iter().any(|word| word == "-d"));
        let below = |word: &String| {
            let made = joined(ran.folder.as_deref().unwrap_or("/"), word);
            made == path || is_inside(&made, path) || has_hole(word)
        };
        folders && ran.words.iter().skip(1).any(below)
    };
    if facts.ran(source).any(makes_folder) {
        return false;
    }
    facts.builds.iter().any(|build| chain.contains(&build.stage) && build.makes.is_file(path))
}

/// What is started by its path: files, whatever they are.
fn started(facts: &Facts<'_>) -> Vec<String> {
    let (entry, command) = facts.started();
    let Some(workdir) = workdir(facts) else { return Vec::new() };
    let first = |command: &Command| match command {
        Command::Exec(words, _) => words.first().map(|word| word.text.clone()),
        Command::Shell(word) => word.text.split_whitespace().next().map(str::to_owned),
    };
    let words = [entry, command].into_iter().flatten().filter_map(first);
    words.filter(|word| word.contains('/')).map(|word| joined(&workdir, &word)).collect()
}

/// The folder in which the final stage starts.
pub(super) fn workdir(facts: &Facts<'_>) -> Option<String> {
    set_by(facts, facts.final_steps().into_iter(), Some("/"))
}

/// The folder that the `WORKDIR`s among the steps lead to, or where there are none `own`.
fn set_by<'a>(facts: &Facts<'a>, steps: impl Iterator<Item = At<'a>>, own: Option<&str>) -> Option<String> {
    let mut workdir = None;
    for at in steps {
        if let What::Workdir(word) = &at.step.what {
            let path = facts.known(at, &word.text)?;
            workdir = Some(joined(workdir.as_deref().unwrap_or("/"), &path));
        }
    }
    workdir.or_else(|| own.map(str::to_owned))
}

/// Whether the final stage copies something whose path, or whose source, has one of the words in it; what could
/// be anything may bring it too.
pub(super) fn brings(facts: &Facts<'_>, words: &[&str]) -> bool {
    brings_to(facts, facts.last, words)
}

/// The same for any stage.
pub(super) fn brings_to(facts: &Facts<'_>, stage: usize, words: &[&str]) -> bool {
    if placed_in(facts, stage).is_none() {
        return true;
    }
    let has = |found: &Word| words.iter().any(|word| found.text.contains(word));
    facts.steps(stage).iter().any(|at| match &at.step.what {
        What::Copy(copy) => copy.sources.iter().chain(&copy.from).chain([&copy.to]).any(has),
        What::Workdir(word) => has(word),
        What::Volume(words) => words.iter().any(has),
        _ => false,
    })
}
