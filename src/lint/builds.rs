//! Every `go build` and `go install` of a file, with what its variables and flags say.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::golang::is_golang;
use super::link::Link;
use super::shipping::{self, Makes};
use super::source::Source;
use crate::dockerfile::model::commands::Commands;
use crate::dockerfile::model::packages::Installed;
use crate::dockerfile::model::{Resolved, Value, expand};
use crate::dockerfile::parse::Span;
use crate::image::facts::{Fact, Libc};
use crate::shell::Ran;

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
    /// Whether it is xx that calls go: it chooses compiler, platform and cgo.
    pub(super) by_xx: bool,
    /// `GOARCH`
    pub(super) arch: Value,
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

pub(super) fn all(resolved: &Resolved<'_>, commands: &Commands, source: &Source) -> Vec<Build> {
    let mut found = Vec::new();
    for stage in 0..resolved.stages.len() {
        // What `go env -w` wrote, in the stage or in what it is built on.
        let mut written: BTreeMap<String, Value> = BTreeMap::new();
        let mut chain = resolved.chain(stage);
        chain.reverse();
        for from in chain {
            for index in 0..resolved.stages[from].parsed.steps.len() {
                let step = commands.step(from, index);
                for ran in step.ran.iter().filter(|ran| is_go(ran)) {
                    match ran.words.get(1).map(String::as_str) {
                        Some("env") => {
                            let pairs = ran.words[2..].iter().filter_map(|word| word.split_once('='));
                            written.extend(pairs.map(|(name, value)| {
                                (name.to_owned(), expand(value, &resolved.stages[from].before[index]))
                            }));
                        }
                        Some("build" | "install") if from == stage => {
                            let value = |name: &str| match ran.environment.get(name) {
                                Value::Unset => written.get(name).cloned().unwrap_or(Value::Unset),
                                value => value,
                            };
                            found.push(Build {
                                stage,
                                index,
                                span: ran.span.clone(),
                                by_xx: ran.is("xx-go"),
                                cgo: value("CGO_ENABLED"),
                                arch: value("GOARCH"),
                                os: value("GOOS"),
                                words: ran.words[1..].to_vec(),
                                goflags: value("GOFLAGS").known().unwrap_or_default(),
                                cc: value("CC"),
                                makes: Makes::of(resolved, source, stage, ran, &value),
                            });
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

/// `xx-go` of docker's cross-compilation helpers sets the platform, and calls go.
fn is_go(ran: &Ran) -> bool {
    ran.is("go") || ran.is("xx-go")
}

impl Build {
    /// Whether one of the words, or a flag inside of one, has this in it.
    pub(super) fn says(&self, part: &str) -> bool {
        self.words.iter().any(|word| word.contains(part)) || self.goflags.contains(part)
    }

    /// Whether what cgo brings in is linked statically; what is not known counts as if it were.
    fn may_be_static(&self, source: &Source) -> bool {
        (self.says("netgo") && self.says("osusergo"))
            || Link::of(&self.words, &self.goflags).may_be_static(source)
    }

    /// Whether C is really off: asked for, or a cross build for another system.
    fn is_off(&self) -> bool {
        matches!(&self.cgo, Value::Known(value) if value == "0")
            || matches!(&self.os, Value::Known(os) if os != "linux" && !os.is_empty())
    }

    /// Whether what it makes may ask for the C library of its stage. What is not known is not claimed.
    pub(super) fn may_be_dynamic(&self, facts: &Facts<'_>) -> bool {
        if self.is_off()
            || self.by_xx
            || self.may_be_static(&facts.source)
            || matches!(self.cgo, Value::Unknown(_))
        {
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
        // xx chooses compiler and cgo by the platform, in what it sets for later commands too.
        let xx = facts.ran(self.stage).any(|ran| ran.words[0].starts_with("xx-"));
        if xx || facts.source.is_without_c() {
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
    const PACKAGES: &[&str] = &["gcc", "g++", "clang", "zig", "musl-tools", "tcc"];
    let answers: Vec<Installed> = PACKAGES.iter().map(|package| facts.installed(stage, package)).collect();
    if answers.contains(&Installed::Yes) {
        return Some(true);
    }
    // Packages that only the build knows, a compiler that is unpacked: nobody can tell.
    let fetched = facts.ran(stage).any(|ran| {
        let last = |word: &String| word.rsplit('/').next().unwrap_or_default().to_owned();
        ran.words.iter().skip(1).map(last).any(|name| name.starts_with("zig") || name.contains("-cross"))
    });
    if answers.contains(&Installed::Unknown) || fetched {
        return None;
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
