//! Which program a build makes: the package that it names, as a folder of the context.

use super::builds::Build;
use super::facts::{At, Facts};
use super::paths::is_inside;
use super::shipping::shipped;
use super::source::{Asked, Code};
use crate::dockerfile::model::{Value, joined};
use crate::dockerfile::parse::What;
use crate::platform::{ARCHITECTURES, SYSTEMS};
use crate::shell::has_hole;

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

impl Facts<'_> {
    /// The builds whose results are in what runs.
    pub(super) fn shipped_builds(&self) -> Vec<&Build> {
        let chain = self.resolved.chain(self.last);
        self.builds.iter().filter(|build| chain.contains(&build.stage)).chain(shipped(self)).collect()
    }

    /// What the Go files of the context show of what runs, as far as it is sure, or may be. None where the file ships no
    /// program: no Go is built in what runs, nothing comes from elsewhere, and what is copied of the context are texts.
    pub(super) fn program(&self, may: bool) -> Option<Code> {
        let builds = self.shipped_builds();
        let may_be = |at: At<'_>, text: &str| {
            let path = self.known(at, text).unwrap_or_default();
            path.rsplit_once('.').is_none_or(|(_, ending)| !TEXTS.contains(&ending))
        };
        let copied = self
            .copies(self.last)
            .into_iter()
            .any(|(at, copy)| copy.from.is_some() || copy.sources.iter().any(|word| may_be(at, &word.text)));
        if builds.is_empty() {
            return copied.then(|| self.only_program(may));
        }
        let code = |build: &&Build| self.code(build, may).unwrap_or_else(|| self.only_program(may));
        Some(builds.iter().map(code).fold(Code::default(), |all, one| all.with(&one)))
    }

    /// The one program of the context, where nobody knows which one is meant.
    fn only_program(&self, may: bool) -> Code {
        let tag = |tag: &str| matches!(tag, "linux" | "unix" | "gc").then_some(true);
        let Some(folder) = self.source.only_program() else {
            return if may { self.source.all.clone() } else { Code::default() };
        };
        self.source.code(&Asked { folders: vec![(folder.to_owned(), false)], tag: &tag }, may)
    }

    /// What the program of a build shows, as far as it is sure that it is in it; with `may`, as far as it may be. None
    /// where nobody knows which program that is.
    pub(super) fn code(&self, build: &Build, may: bool) -> Option<Code> {
        let tag = |tag: &str| has_tag(build, tag);
        let folders = folders(self, build)?;
        Some(self.source.code(&Asked { folders, tag: &tag }, may))
    }

    /// Whether what a build makes has no C in it for sure.
    pub(super) fn is_without_c(&self, build: &Build) -> bool {
        self.source.is_without_c()
            || self.code(build, true).is_some_and(|code| self.source.is_program_without_c(&code))
    }
}

/// The folders of the context that are built, each with whether everything below it is.
fn folders(facts: &Facts<'_>, build: &Build) -> Option<Vec<(String, bool)>> {
    let here = ".".to_owned();
    let packages =
        if build.line.packages.is_empty() { std::slice::from_ref(&here) } else { &build.line.packages };
    let one = |word: &String| -> Option<(String, bool)> {
        if has_hole(word) || word.contains('@') {
            return None;
        }
        let (word, all) = match word.strip_suffix("...") {
            Some(word) => (word.trim_end_matches('/'), true),
            None => (word.as_str(), false),
        };
        let is_file = word.strip_suffix(".go").is_some();
        if !is_file && !word.starts_with(['.', '/']) {
            return facts.source.folder_of(word).map(|folder| (folder, all));
        }
        let path = joined(build.folder.as_deref().or(word.starts_with('/').then_some("/"))?, word);
        let path = if is_file { path.rsplit_once('/')?.0.to_owned() } else { path };
        in_context(facts, build, &path, all).map(|folder| (folder, all))
    };
    packages.iter().map(one).collect()
}

/// The folder of the context that lies at a path where a build runs.
fn in_context(facts: &Facts<'_>, build: &Build, path: &str, all: bool) -> Option<String> {
    let lands = |from: &str, to: &str| -> Option<String> {
        let from = from.trim_start_matches("./").trim_matches('/').trim_start_matches('.').to_owned();
        let rest = if path == to {
            ""
        } else if is_inside(path, to) {
            path.strip_prefix(to.trim_end_matches('/'))?
        } else {
            return None;
        };
        let folder = match (from.is_empty(), rest.trim_matches('/')) {
            (true, rest) => rest.to_owned(),
            (false, "") => from,
            (false, rest) => format!("{from}/{rest}"),
        };
        (all || facts.source.has_package(&folder)).then_some(folder)
    };
    let by_step = |at: At<'_>| -> Option<String> {
        match &at.step.what {
            What::Copy(copy) if copy.from.is_none() => {
                let own = facts.commands.step(at.stage, at.index).folder.clone();
                let to = facts.known(at, &copy.to.text)?;
                let to = joined(own.as_deref().or(to.starts_with('/').then_some("/"))?, &to);
                let several = copy.sources.len() > 1;
                copy.sources.iter().find_map(|word| {
                    let from = facts.known(at, &word.text)?;
                    // The content of a folder goes into the target, of each of them.
                    lands(&from, &to).filter(|_| {
                        !several
                            || facts
                                .context
                                .entry(from.trim_matches(['/', '.']))
                                .is_none_or(|entry| entry.folder)
                    })
                })
            }
            What::Run(run) if (at.stage, at.index) == (build.stage, build.index) => {
                run.mounts.iter().filter(|mount| mount.is_bind() && mount.from.is_none()).find_map(|mount| {
                    lands(
                        mount.source.as_deref().unwrap_or_default(),
                        &mounted_at(facts, at, mount.target.as_deref()?)?,
                    )
                })
            }
            _ => None,
        }
    };
    // What is copied last lies on top; a parent stage comes in front.
    facts
        .steps(build.stage)
        .into_iter()
        .filter(|at| at.stage != build.stage || at.index <= build.index)
        .rev()
        .find_map(by_step)
}

/// The absolute path of a mount.
pub(super) fn mounted_at(facts: &Facts<'_>, at: At<'_>, target: &str) -> Option<String> {
    let target = facts.known(at, target)?;
    let own = facts.commands.step(at.stage, at.index).folder.clone();
    Some(joined(own.as_deref().or(target.starts_with('/').then_some("/"))?, &target))
}

/// Whether a build tag is set; none where only the build knows.
fn has_tag(build: &Build, tag: &str) -> Option<bool> {
    match tag {
        "gc" => return Some(true),
        "race" | "msan" | "asan" => return None,
        "cgo" if build.is_off() => return Some(false),
        "cgo" => return (build.cgo == Value::Known("1".to_owned())).then_some(true),
        "unix" => return has_tag(build, "linux").filter(|linux| *linux),
        _ => {}
    }
    if let Some(release) = tag.strip_prefix("go1") {
        return release.is_empty().then_some(true).or(release.starts_with('.').then_some(true));
    }
    let is = |value: &Value, own: Option<&str>| match value {
        Value::Known(value) if !value.is_empty() => Some(value == tag),
        Value::Known(_) | Value::Unset => own.map(|own| own == tag),
        Value::Unknown(_) => None,
    };
    if SYSTEMS.contains(&tag) {
        return is(&build.os, Some("linux"));
    }
    if ARCHITECTURES.contains(&tag) {
        return is(&build.arch, None);
    }
    build.line.tags().map(|tags| tags.contains(&tag))
}
