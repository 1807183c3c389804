//! Go's flags: which ones count, and the typed ones merged with gobuild.toml's.
//!
//! Go lets the last `-ldflags` win and drops GOFLAGS' when the command line has one
//! (`cmd/go/internal/load/flag.go`), so flags are merged into the user's, never added behind them.

use std::ffi::{OsStr, OsString};

use super::link::LinkFlags;
use super::{Settings, UserEnv};
use crate::cli::line::{GoFlag, GoLine};
use crate::error::Result;
use crate::origin::{Origin, Sourced};

/// What the flags come to, GOFLAGS included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effective {
    /// `-o`, be it an empty one, which go takes for none.
    pub output: Option<Sourced<OsString>>,
    /// `-buildmode`, empty where none was given.
    pub build_mode: String,
    /// `-race`, `-msan` or `-asan`.
    pub sanitizer: Option<&'static str>,
    /// `-n`
    pub dry_run: bool,
    /// GOFLAGS, split.
    pub goflags: Vec<GoFlag>,
    /// Where GOFLAGS was set.
    pub goflags_origin: Option<Origin>,
}

impl Effective {
    /// Reads GOFLAGS, then the command line: the last one counts.
    pub fn of(line: &GoLine, env: &UserEnv<'_>) -> Result<Self> {
        let set = env.get("GOFLAGS");
        let goflags = match &set {
            Some(set) => crate::cli::goflags(&set.value)?,
            None => Vec::new(),
        };
        let goflags_origin = set.map(|set| set.origin);
        let mut effective = Self::default();
        let from_goflags = goflags.iter().map(|flag| (flag, goflags_origin.clone()));
        let from_line = line.flags.iter().map(|flag| (flag, None));
        for (flag, origin) in from_goflags.chain(from_line) {
            effective.take(flag, origin);
        }
        Ok(Self { goflags, goflags_origin, ..effective })
    }

    fn take(&mut self, flag: &GoFlag, origin: Option<Origin>) {
        let on = flag.boolean().unwrap_or(false);
        match flag.name.as_str() {
            "o" => {
                let origin = origin.unwrap_or_else(|| Origin::CommandLine("-o".to_owned()));
                self.output = flag.value.clone().map(|value| Sourced::new(value, origin));
            }
            "buildmode" => {
                let mode = flag.value.as_deref().and_then(OsStr::to_str).unwrap_or_default();
                mode.clone_into(&mut self.build_mode);
            }
            "n" => self.dry_run = on,
            "race" => self.sanitize("-race", on),
            "msan" => self.sanitize("-msan", on),
            "asan" => self.sanitize("-asan", on),
            _ => {}
        }
    }

    fn sanitize(&mut self, name: &'static str, on: bool) {
        if on {
            self.sanitizer = Some(name);
        } else if self.sanitizer == Some(name) {
            self.sanitizer = None;
        }
    }
}

/// How many words `-C` takes where go wants it, as the first flag; elsewhere it is an error for go to tell.
pub fn chdir_words(line: &GoLine) -> usize {
    line.flags.first().filter(|flag| flag.name == "C").map_or(0, |flag| flag.words.len())
}

/// The typed flags without `-o`, with gobuild.toml's tags and linker flags and `--release` merged in.
/// Where there is nothing to merge, every word stays as it was typed. `static_link` is what has to be among the
/// C linker's own flags.
pub fn merge(
    line: &GoLine,
    effective: &Effective,
    settings: &Settings,
    static_link: Option<&Sourced<&'static str>>,
) -> Result<Vec<Sourced<OsString>>> {
    let with_link = |value: OsString| match static_link {
        Some(word) => linked(&value, word.value),
        None => Ok(value),
    };
    let mut linker: Vec<(String, Origin)> =
        settings.ldflags.iter().map(|flag| (flag.value.clone(), flag.origin.clone())).collect();
    if let Some(origin) = &settings.release {
        linker.push(("-s -w".to_owned(), origin.clone()));
    }
    let tags: Vec<(String, Origin)> =
        settings.tags.iter().map(|tag| (tag.value.clone(), tag.origin.clone())).collect();
    let mut words = Words::default();
    let mut trimpath = settings.release.clone();
    for flag in &line.flags {
        let typed = Origin::CommandLine(format!("-{}", flag.name));
        match flag.name.as_str() {
            // An `-o` without its value stays, so that go says so itself.
            "o" if flag.value.is_some() => {}
            "ldflags" if !linker.is_empty() || static_link.is_some() => {
                let value = with_link(prepend_linker_flags(&linker, flag.value.as_deref()))?;
                words.value("ldflags", value, typed);
            }
            "tags" if !tags.is_empty() => words.value("tags", add_tags(&tags, flag.value.as_deref()), typed),
            _ => {
                if flag.name == "trimpath" {
                    trimpath = None;
                }
                words.typed(&flag.words, &typed);
            }
        }
    }
    let beside = |name: &str| in_goflags(effective, name);
    if let Some((_, origin)) = tags.first()
        && line.last("tags").is_none()
    {
        words.value("tags", add_tags(&tags, beside("tags")), origin.clone());
    }
    // A typed pattern (`-ldflags=all=-s`) may not match what is built: a plain one goes before it.
    let first = linker.first().map(|(_, origin)| origin).or(static_link.map(|word| &word.origin));
    if let Some(origin) = first
        && !line.flags.iter().any(|flag| flag.name == "ldflags" && !has_pattern(flag.value.as_deref()))
    {
        let own = if line.last("ldflags").is_some() { None } else { beside("ldflags") };
        let value = with_link(prepend_linker_flags(&linker, own))?;
        words.0.insert(chdir_words(line), Sourced::new(joined("ldflags", value), origin.clone()));
    }
    if let Some(origin) = trimpath {
        words.typed(&["-trimpath".into()], &origin);
    }
    Ok(words.0)
}

/// A static link added to the value of one `-ldflags`, behind its pattern.
fn linked(value: &OsStr, word: &str) -> Result<OsString> {
    let Some(text) = value.to_str() else { return Ok(value.to_owned()) };
    let (pattern, flags) = text.split_at(pattern_end(text).unwrap_or(0));
    Ok(format!("{pattern}{}", super::link::with_static(flags, word)?).into())
}

/// What the last `-ldflags` comes to, gobuild.toml's included, as far as it is about C.
pub fn linker_flags(line: &GoLine, effective: &Effective, settings: &Settings) -> LinkFlags {
    let own: Vec<(String, Origin)> =
        settings.ldflags.iter().map(|flag| (flag.value.clone(), flag.origin.clone())).collect();
    let typed = line.value("ldflags").or_else(|| in_goflags(effective, "ldflags"));
    let value = prepend_linker_flags(&own, typed);
    let text = value.to_string_lossy();
    LinkFlags::read(&text[pattern_end(&text).unwrap_or(0)..]).unwrap_or_default()
}

/// The build tags, from wherever they come.
pub fn tags(line: &GoLine, effective: &Effective, settings: &Settings) -> Vec<String> {
    let own: Vec<(String, Origin)> =
        settings.tags.iter().map(|tag| (tag.value.clone(), tag.origin.clone())).collect();
    let typed = line.value("tags").or_else(|| in_goflags(effective, "tags"));
    let all = add_tags(&own, typed);
    all.to_string_lossy().split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn in_goflags<'a>(effective: &'a Effective, name: &str) -> Option<&'a OsStr> {
    effective.goflags.iter().rev().find(|flag| flag.name == name)?.value.as_deref()
}

/// Flags that `go list` needs for the answer that the build would get.
const SELECTING: &[&str] = &[
    "C",
    "asan",
    "buildmode",
    "compiler",
    "cover",
    "installsuffix",
    "mod",
    "modcacherw",
    "modfile",
    "msan",
    "overlay",
    "race",
    "tags",
];

/// Those of the merged flags that decide which packages there are and which files of them; GOFLAGS reaches
/// `go list` by itself.
pub fn selecting(line: &GoLine, effective: &Effective, settings: &Settings) -> Result<Vec<OsString>> {
    let only_selecting = GoLine {
        flags: line
            .flags
            .iter()
            .filter(|flag| SELECTING.contains(&flag.name.as_str()))
            .map(in_one_word)
            .collect(),
        ..GoLine::default()
    };
    let only_tags = Settings { tags: settings.tags.clone(), ..Settings::default() };
    let words = merge(&only_selecting, effective, &only_tags, None)?;
    Ok(words.into_iter().map(|word| word.value).collect())
}

fn in_one_word(flag: &GoFlag) -> GoFlag {
    let words = match &flag.value {
        Some(value) => vec![joined(&flag.name, value.clone())],
        None => flag.words.clone(),
    };
    GoFlag { words, ..flag.clone() }
}

/// The words of a command line in the making.
#[derive(Default)]
struct Words(Vec<Sourced<OsString>>);

impl Words {
    fn typed(&mut self, words: &[OsString], origin: &Origin) {
        self.0.extend(words.iter().map(|word| Sourced::new(word.clone(), origin.clone())));
    }

    fn value(&mut self, name: &str, value: OsString, origin: Origin) {
        self.0.push(Sourced::new(joined(name, value), origin));
    }
}

fn joined(name: &str, value: OsString) -> OsString {
    let mut word = OsString::from(format!("-{name}="));
    word.push(value);
    word
}

/// A per-package flag starts with a pattern where it does not start with a dash
/// (`load.PerPackageFlag.set`); spaces around it do not count.
pub(super) fn pattern_end(value: &str) -> Option<usize> {
    let trimmed = value.trim_start();
    if trimmed.is_empty() || trimmed.starts_with('-') {
        return None;
    }
    trimmed.find('=').map(|at| at + 1 + (value.len() - trimmed.len()))
}

fn has_pattern(value: Option<&OsStr>) -> bool {
    value.and_then(OsStr::to_str).is_some_and(|value| pattern_end(value).is_some())
}

/// gobuild.toml's before the user's, so that the user's win where the linker takes the last.
fn prepend_linker_flags(own: &[(String, Origin)], typed: Option<&OsStr>) -> OsString {
    let own = own.iter().map(|(flag, _)| flag.as_str()).collect::<Vec<_>>().join(" ");
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return own.into() };
    // Linker flags that are not text cannot hold a pattern that is: they simply follow.
    let Some(text) = typed.to_str() else {
        let mut merged = OsString::from(own + " ");
        merged.push(typed);
        return merged;
    };
    let (pattern, flags) = text.split_at(pattern_end(text).unwrap_or(0));
    format!("{pattern}{own} {}", flags.trim_start()).into()
}

/// Tags are a set: go takes them separated by commas or, as it once was, by spaces.
fn add_tags(own: &[(String, Origin)], typed: Option<&OsStr>) -> OsString {
    let typed = typed.and_then(OsStr::to_str).unwrap_or_default();
    let mut all: Vec<&str> = own.iter().map(|(tag, _)| tag.as_str()).collect();
    for tag in typed.split([',', ' ']).filter(|tag| !tag.is_empty()) {
        if !all.contains(&tag) {
            all.push(tag);
        }
    }
    all.join(",").into()
}
