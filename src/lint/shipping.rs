//! Which builds are shipped: helpers of a build, `go install` of a tool, and `go build ./...` that only warms the cache
//! are in nobody's image.

use super::builds::Build;
use super::facts::{At, Facts};
use super::makes::Makes;
use super::paths::is_inside;
use crate::dockerfile::model::joined;
use crate::dockerfile::parse::{Mount, What};
use crate::shell::{HOLE, Ran, WORDS, has_hole};

/// Commands that take a file somewhere else.
const MOVES: &[&str] = &["cp", "mv", "install", "ln", "upx", "tar", "rsync"];

/// Commands that only look at a file.
const LOOKS: &[&str] = &["cat", "file", "go", "ldd", "ls", "sha256sum", "stat", "strip", "test", "["];

/// The builds whose result comes into the stage that runs, from a stage that is not its own.
pub(super) fn shipped<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Build> {
    let reached = facts.resolved.reached(facts.last);
    let chain = facts.resolved.chain(facts.last);
    facts.builds.iter().filter(move |build| {
        reached.contains(&build.stage) && !chain.contains(&build.stage) && is_copied(facts, build, &reached)
    })
}

/// Whether something that is copied out of its stage, into one that is reached, may bring the result of a build.
fn is_copied(facts: &Facts<'_>, build: &Build, reached: &[usize]) -> bool {
    if is_moved(facts, build) {
        return true;
    }
    reached.iter().any(|stage| {
        let steps = facts.resolved.stages[*stage].parsed.steps.iter().enumerate();
        steps.map(|(index, step)| At { stage: *stage, index, step }).any(|at| match &at.step.what {
            What::Copy(copy) => {
                let from = facts.resolved.source(copy, at.stage, at.index);
                let bring =
                    |path: Option<String>| path.is_none_or(|path| build.makes.is_in(&joined("/", &path)));
                from.is_some_and(|from| facts.resolved.chain(from).contains(&build.stage))
                    && copy.sources.iter().any(|word| bring(facts.known(at, &word.text)))
            }
            What::Run(run) => run.mounts.iter().any(|mount| is_taken_out(facts, build, at, mount)),
            _ => false,
        })
    })
}

/// Whether a mount shows the result of a build, and a command takes something out of it.
fn is_taken_out(facts: &Facts<'_>, build: &Build, at: At<'_>, mount: &Mount) -> bool {
    let from = mount.from.as_ref().and_then(|from| facts.resolved.earlier(from, at.stage, at.index));
    let shows =
        |source: &str| facts.known(at, source).is_none_or(|path| build.makes.is_in(&joined("/", &path)));
    let is_shown = mount.is_bind()
        && from.is_some_and(|from| facts.resolved.chain(from).contains(&build.stage))
        && shows(mount.source.as_deref().unwrap_or("/"));
    if !is_shown {
        return false;
    }
    let Some(target) = facts.known(at, mount.target.as_deref().unwrap_or_default()) else { return true };
    let step = facts.commands.step(at.stage, at.index);
    let target = joined(step.folder.as_deref().unwrap_or("/"), &target);
    let names = |ran: &Ran, word: &String| {
        let path = joined(ran.folder.as_deref().unwrap_or("/"), word);
        has_hole(word) || path == target || is_inside(&path, &target)
    };
    // What other programs do with it nobody knows.
    let takes = |ran: &Ran| {
        let other = !LOOKS.iter().any(|program| ran.is(program));
        other && ran.words.iter().skip(1).chain(&ran.files).any(|word| names(ran, word))
    };
    step.ran.iter().any(takes)
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
        parts.contains(&last) || last.find(['*', HOLE, WORDS]).is_some_and(begins) || last == "."
    };
    facts
        .ran(build.stage)
        .any(|ran| MOVES.iter().any(|program| ran.is(program)) && ran.words.iter().skip(1).any(meant))
}
