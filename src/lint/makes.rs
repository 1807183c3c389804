//! Where a `go build` or `go install` leaves its result.

use super::golang::is_golang;
use super::paths::is_inside;
use super::source::Source;
use crate::dockerfile::model::{Resolved, Value, joined};
use crate::shell::Ran;

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
        value: &dyn Fn(&str) -> Value,
    ) -> Self {
        let Asked { output, packages, folder } = asked(&ran.words);
        if packages.iter().any(|word| matches!(word.as_str(), "std" | "cmd")) {
            return Self::Nothing;
        }
        if ran.words.get(1).is_some_and(|word| word == "install") {
            return installed(resolved, stage, &packages, value);
        }
        // After `-C`, the folder is the one that it names.
        let folder = match (folder, &ran.folder) {
            (None, at) => at.clone(),
            (Some(to), _) if is_unknown(&to) => None,
            (Some(to), Some(at)) => Some(joined(at, &to)),
            (Some(to), None) => to.starts_with('/').then(|| joined("/", &to)),
        };
        match (output, folder) {
            (Some(path), _) if is_unknown(&path) => Self::Anywhere,
            (Some(path), _) if path.starts_with('/') => Self::output("/", &path, &packages),
            (Some(path), Some(folder)) => Self::output(&folder, &path, &packages),
            (_, None) => Self::Anywhere,
            (None, Some(folder)) => {
                let mut names: Vec<String> = packages.iter().map(|word| name(word)).collect();
                names.push(name(&folder));
                names.extend(source.module.as_deref().map(name));
                Self::Named(folder, names)
            }
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

/// Whether a word has a part that only the build knows.
fn is_unknown(word: &str) -> bool {
    word.contains(['$', '`'])
}

/// What the words of a `go build` say of its result.
struct Asked {
    /// `-o`
    output: Option<String>,
    packages: Vec<String>,
    /// `-C`
    folder: Option<String>,
}

fn asked(words: &[String]) -> Asked {
    let mut found = Asked { output: None, packages: Vec::new(), folder: None };
    let mut words = words.iter().skip(2);
    while let Some(word) = words.next() {
        let flag = word.strip_prefix("--").or_else(|| word.strip_prefix('-'));
        match flag {
            Some("o") => found.output = words.next().cloned(),
            Some("C") => found.folder = words.next().cloned(),
            Some(
                "ldflags" | "tags" | "gcflags" | "asmflags" | "mod" | "p" | "buildmode" | "pkgdir"
                | "overlay",
            ) => {
                words.next();
            }
            Some(flag) => match flag.split_once('=') {
                Some(("o", path)) => found.output = Some(path.to_owned()),
                Some(("C", folder)) => found.folder = Some(folder.to_owned()),
                _ => {}
            },
            None => found.packages.push(word.clone()),
        }
    }
    found
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
        [package] if !package.starts_with('.') && !package.contains("...") && !crosses => {
            Makes::At(joined(&folder, &name(package)))
        }
        _ => Makes::In(joined("/", &folder)),
    }
}
