//! Every `go build` and `go install` of a file, with what its variables and flags say.

use std::collections::BTreeMap;

use super::go_line::GoLine;
use super::link::Link;
use super::makes::{self, Makes};
use super::source::Source;
use crate::diagnostics::evidence::LinkedBy;
use crate::dockerfile::model::commands::Commands;
use crate::dockerfile::model::{Resolved, Value};
use crate::dockerfile::parse::Span;
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
    /// Whether the stage sets `CGO_ENABLED` where this command does not see it.
    pub(super) cgo_set_elsewhere: bool,
    /// `GOARCH`
    pub(super) arch: Value,
    /// `GOOS` with its variables filled in.
    pub(super) os: Value,
    /// Its flags and packages.
    pub(super) line: GoLine,
    /// `CC`
    pub(super) cc: Value,
    /// The folder that go works in, where it is known.
    pub(super) folder: Option<String>,
    /// `GOWORK`
    pub(super) workspace: Value,
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
                                let reason = || format!("{name} is known to the build alone");
                                (name.to_owned(), Value::of(value.to_owned(), reason))
                            }));
                        }
                        Some("build" | "install") if from == stage => {
                            let value = |name: &str| match ran.environment.get(name) {
                                Value::Unset => written.get(name).cloned().unwrap_or(Value::Unset),
                                value => value,
                            };
                            let line = GoLine::of(&ran.words[2..], value("GOFLAGS").text());
                            found.push(Build {
                                folder: makes::folder(ran, &line),
                                makes: Makes::of(resolved, source, stage, ran, &line, &value),
                                stage,
                                index,
                                span: ran.span.clone(),
                                by_xx: ran.is("xx-go"),
                                cgo: value("CGO_ENABLED"),
                                cgo_set_elsewhere: (0..=index)
                                    .any(|at| commands.step(stage, at).may_set.contains("CGO_ENABLED")),
                                arch: value("GOARCH"),
                                os: value("GOOS"),
                                line,
                                cc: value("CC"),
                                workspace: value("GOWORK"),
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
    /// Whether what cgo brings in is linked statically; what is not known counts as if it were.
    pub(super) fn may_be_static(&self, source: &Source) -> bool {
        (self.line.may_have_tag("netgo") && self.line.may_have_tag("osusergo"))
            || Link::of(&self.line).may_be_static(source)
    }

    /// Whether C is really off: asked for, or a cross build for another system.
    pub(super) fn is_off(&self) -> bool {
        matches!(&self.cgo, Value::Known(value) if value == "0")
            || matches!(&self.os, Value::Known(os) if os != "linux" && !os.is_empty())
    }

    pub(super) fn is_pie(&self) -> bool {
        self.line.says("buildmode", "pie")
    }

    /// Why it is dynamic, as one clause.
    pub(super) fn linked_by(&self) -> LinkedBy {
        if self.is_off() && self.is_pie() {
            return LinkedBy::Pie;
        }
        match &self.cgo {
            Value::Known(value) => LinkedBy::CgoSet { value: value.clone() },
            Value::Unset if self.cgo_set_elsewhere => LinkedBy::CgoSetElsewhere,
            _ => LinkedBy::CgoByDefault,
        }
    }
}
