//! Where a `go build` or `go install` leaves its result.

use super::go_line::GoLine;
use super::golang::is_golang;
use super::paths::is_inside;
use super::source::Source;
use crate::dockerfile::model::{Resolved, Value, joined};
use crate::shell::{Ran, has_hole};

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
    /// Of one `go build` or `go install`; `value` reads a variable as go sees it.
    pub(super) fn of(
        resolved: &Resolved<'_>,
        source: &Source,
        stage: usize,
        ran: &Ran,
        line: &GoLine,
        value: &dyn Fn(&str) -> Value,
    ) -> Self {
        let packages = &line.packages;
        let output = line.value("o");
        if packages.iter().any(|word| matches!(word.as_str(), "std" | "cmd")) {
            return Self::Nothing;
        }
        if ran.words.get(1).is_some_and(|word| word == "install") {
            return installed(resolved, stage, packages, value);
        }
        let folder = folder(ran, line);
        match (output, folder) {
            (Some(path), _) if has_hole(path) => Self::Anywhere,
            (Some(path), _) if path.starts_with('/') => Self::output("/", path, packages),
            (Some(path), Some(folder)) => Self::output(&folder, path, packages),
            (None, Some(folder)) if !line.any_flag && !packages.iter().any(|word| has_hole(word)) => {
                let own = |word: &String| {
                    if word.starts_with('.') { name(&joined(&folder, word)) } else { name(word) }
                };
                let mut names: Vec<String> = packages.iter().map(own).collect();
                names.push(name(&folder));
                names.extend(source.module.as_deref().map(name));
                Self::Named(folder, names)
            }
            _ => Self::Anywhere,
        }
    }

    /// What `-o` says: a folder with a slash, or for several packages.
    fn output(folder: &str, path: &str, packages: &[String]) -> Self {
        let several = packages.len() > 1 || packages.iter().any(|word| word.contains("..."));
        let path_there = joined(folder, path);
        if path.ends_with('/') || several { Self::In(path_there) } else { Self::At(path_there) }
    }

    /// Whether this path is its one file, as far as the file says.
    pub(super) fn is_file(&self, path: &str) -> bool {
        matches!(self, Self::At(at) if at == path)
    }

    /// Whether a copy of this path may bring it.
    pub(super) fn is_in(&self, path: &str) -> bool {
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

/// The folder that go works in: after `-C`, the one that it names.
pub(super) fn folder(ran: &Ran, line: &GoLine) -> Option<String> {
    match (line.value("C"), &ran.folder) {
        (None, at) => at.clone(),
        (Some(to), _) if has_hole(to) => None,
        (Some(to), Some(at)) => Some(joined(at, to)),
        (Some(to), None) => to.starts_with('/').then(|| joined("/", to)),
    }
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

fn installed(
    resolved: &Resolved<'_>,
    stage: usize,
    packages: &[String],
    value: &dyn Fn(&str) -> Value,
) -> Makes {
    let golang = resolved.image(stage).is_ok_and(is_golang);
    let folder = match (value("GOBIN"), value("GOPATH")) {
        (Value::Known(folder), _) => folder,
        (Value::Unset, Value::Known(folder)) => joined(&folder, "bin"),
        (Value::Unset, Value::Unset) if golang => "/go/bin".to_owned(),
        _ => return Makes::Anywhere,
    };
    let crosses = value("GOARCH") != Value::Unset || value("GOOS") != Value::Unset;
    match packages {
        [package]
            if !package.starts_with('.') && !package.contains("...") && !has_hole(package) && !crosses =>
        {
            Makes::At(joined(&folder, &name(package)))
        }
        _ => Makes::In(joined("/", &folder)),
    }
}
