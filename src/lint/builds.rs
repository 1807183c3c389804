//! Every `go build` and `go install` of a file, with what its variables and flags say.

use super::facts::{At, Facts, commands};
use super::shipping::{self, Makes};
use crate::dockerfile::model::{Value, expand};
use crate::dockerfile::parse::shell::Simple;
use crate::dockerfile::parse::{Span, What};
use crate::image::facts::{Fact, Libc};

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Build {
    /// The stage that it stands in.
    pub(super) stage: usize,
    /// The step.
    pub(super) index: usize,
    /// The command in the text, as near as it can be told.
    pub(super) span: Span,
    /// `CGO_ENABLED`
    pub(super) cgo: Value,
    /// `GOARCH` as written; none where it is not.
    pub(super) arch: Option<String>,
    /// `GOOS` with its variables filled in.
    pub(super) os: Value,
    /// The words behind `go`.
    pub(super) words: Vec<String>,
    /// GOFLAGS, where known.
    pub(super) goflags: String,
    /// `CC`
    pub(super) cc: Value,
    /// Where the result lies.
    pub(super) makes: Makes,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Build> {
    let mut found = Vec::new();
    for stage in 0..facts.resolved.stages.len() {
        let mut written: Vec<(String, String)> = Vec::new();
        for at in facts.steps(stage) {
            let What::Run(run) = &at.step.what else { continue };
            let mut exported: Vec<(String, String)> = Vec::new();
            for command in commands(run) {
                let assignments = command.words.iter().skip(1).filter_map(|word| word.split_once('='));
                let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
                if command.is("export") {
                    exported.extend(assignments.map(own));
                } else if command.words.is_empty() {
                    exported.extend(command.assigned.iter().cloned());
                } else if command.is("go") && command.words.get(1).is_some_and(|word| word == "env") {
                    written.extend(assignments.map(own));
                } else if at.stage == stage && is_build(&command) {
                    found.push(build(facts, at, &command, &exported, &written));
                }
            }
        }
    }
    found
}

fn is_build(command: &Simple) -> bool {
    command.is("go") && matches!(command.words.get(1).map(String::as_str), Some("build" | "install"))
}

fn build(
    facts: &Facts<'_>,
    at: At<'_>,
    command: &Simple,
    exported: &[(String, String)],
    written: &[(String, String)],
) -> Build {
    let env = facts.env(at);
    let raw = |name: &str| {
        let of = |list: &[(String, String)]| {
            list.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.clone())
        };
        of(&command.assigned).or_else(|| of(exported))
    };
    let value = |name: &str| match raw(name) {
        Some(text) => expand(&text, env),
        None => match env.get(name) {
            Value::Unset => {
                let kept = written.iter().rev().find(|(found, _)| found == name);
                kept.map_or(Value::Unset, |(_, text)| Value::Known(text.clone()))
            }
            value => value,
        },
    };
    let arch = raw("GOARCH").or_else(|| env.get("GOARCH").known());
    let text = &facts.resolved.file.text;
    let inside = text.get(at.step.span.clone()).unwrap_or_default();
    let needle = command.words.join(" ");
    let short = format!("{} {}", command.words[0], command.words[1]);
    let start = inside.find(&needle).or_else(|| inside.find(&short));
    let length = if inside.contains(&needle) { needle.len() } else { short.len() };
    let span = start.map_or(at.step.span.clone(), |start| {
        let start = at.step.span.start + start;
        start..start + length
    });
    let makes = Makes::of(facts, at, command, &value);
    Build {
        stage: at.stage,
        index: at.index,
        span,
        cgo: value("CGO_ENABLED"),
        arch,
        os: value("GOOS"),
        words: command.words[1..].to_vec(),
        goflags: value("GOFLAGS").known().unwrap_or_default(),
        cc: value("CC"),
        makes,
    }
}

impl Build {
    /// Whether one of the words, or a flag inside of one, has this in it.
    pub(super) fn says(&self, part: &str) -> bool {
        self.words.iter().any(|word| word.contains(part)) || self.goflags.contains(part)
    }

    fn is_linked_statically(&self) -> bool {
        self.says("-static") || (self.says("netgo") && self.says("osusergo"))
    }

    /// Whether C is really off: asked for, or a cross build for another system.
    fn is_off(&self) -> bool {
        matches!(&self.cgo, Value::Known(value) if value == "0")
            || matches!(&self.os, Value::Known(os) if os != "linux" && !os.is_empty())
    }

    /// Whether what it makes may ask for the C library of its stage. What is not known is not claimed.
    pub(super) fn may_be_dynamic(&self, facts: &Facts<'_>) -> bool {
        if self.is_off() || self.is_linked_statically() || matches!(self.cgo, Value::Unknown(_)) {
            return false;
        }
        // Another compiler links another C library, or none: musl-gcc, zig cc -target ….
        let other = match &self.cc {
            Value::Known(cc) => cc.contains("musl") || cc.contains("zig"),
            Value::Unset => false,
            Value::Unknown(_) => true,
        };
        if other {
            return false;
        }
        // xx chooses compiler and cgo by the platform.
        if facts.runs_with(self.stage, &["xx-"]) || facts.source.is_without_c() {
            return false;
        }
        has_c_compiler(facts, self.stage) == Some(true)
    }

    /// Whether what it makes asks for a loader: position-independent programs do without C too.
    pub(super) fn needs_loader(&self, facts: &Facts<'_>) -> bool {
        let linux = !matches!(&self.os, Value::Known(os) if os != "linux" && !os.is_empty());
        self.may_be_dynamic(facts) || (linux && self.is_pie() && !self.says("-static-pie"))
    }

    fn is_pie(&self) -> bool {
        self.says("-buildmode=pie") || self.words.windows(2).any(|pair| pair == ["-buildmode", "pie"])
    }

    /// Why it is dynamic, as one clause.
    pub(super) fn cgo_cause(&self) -> String {
        if self.is_off() && self.is_pie() {
            return "-buildmode=pie asks for a loader, with cgo off too".to_owned();
        }
        match &self.cgo {
            Value::Known(value) => format!("CGO_ENABLED={value}, and the stage has a C compiler"),
            _ => "CGO_ENABLED is not set, and the stage has a C compiler: cgo is on".to_owned(),
        }
    }
}

/// The builds whose result comes into the stage that runs, from a stage that is not its own.
pub(super) fn shipped<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Build> {
    let reached = facts.resolved.reached(facts.last);
    let chain = facts.resolved.chain(facts.last);
    facts.builds.iter().filter(move |build| {
        reached.contains(&build.stage)
            && !chain.contains(&build.stage)
            && shipping::is_copied(facts, build, &reached)
    })
}

/// Whether a stage can compile C; none where nobody knows.
pub(super) fn has_c_compiler(facts: &Facts<'_>, stage: usize) -> Option<bool> {
    const PACKAGES: &[&str] = &["gcc", "g++", "build-base", "build-essential", "clang", "musl-dev", "zig"];
    if facts.runs_with(stage, PACKAGES) {
        return Some(true);
    }
    let name = facts.resolved.image(stage).ok()?;
    if !is_golang(name) {
        return None;
    }
    match facts.image(stage)?.libc {
        Fact::Known(Libc::Glibc(_)) => Some(true),
        Fact::Known(Libc::Musl(_)) if facts.resolved.stages[stage].parsed.steps.is_empty() => None,
        Fact::Known(Libc::Musl(_)) => Some(false),
        _ => None,
    }
}

/// Whether it is Docker's golang image, under whatever registry it is mirrored.
pub(super) fn is_golang(name: &str) -> bool {
    let path = name.split(['@']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split(':').next() == Some("golang")
}
