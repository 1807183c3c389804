//! What happens, as data: everything that a verb has to tell goes to one [`Reporter`] as one [`Event`] after another.

use std::path::Path;

use super::c_errors::Advice;
use super::doctor::{Row, Tool};
use super::every_image::Table;
use super::explanation::Explained;
use super::lint::Linted;
use super::plan::View;
use super::shown::Shown;
use crate::diagnostics::Diagnostic;
use crate::error::Error;
use crate::image::Image;
use crate::image::start::Start;
use crate::platform::Platform;

/// Takes events as they happen. It may be shared between threads: go's words come from another one.
pub trait Reporter: Send + Sync {
    /// One event.
    fn event(&self, event: &Event<'_>);
}

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A job of a build begins: what is run, and why.
    JobStarted(&'a View<'a>),
    /// A step, in cargo's voice: a verb, and what it is done to.
    Status(&'static str, &'a str),
    /// A line worth saying.
    Note(&'a str),
    /// A line that should be read.
    Warning(&'a str),
    /// What go wrote to standard error, or would have: bytes as they come, one or more lines.
    Go(&'a [u8]),
    /// What is behind the messages of a C compiler or linker that came by.
    Causes(&'a [Advice<'a>]),
    /// A file was judged.
    Verdict(&'a Judged<'a>),
    /// A file is where the user wants it.
    Artifact(&'a Artifact<'a>),
    /// What `plan` was asked for.
    Plan(&'a Planned<'a>),
    /// A file was held against every known image.
    EveryImage {
        /// The answers.
        table: &'a Table,
        /// Whether a person reads them as Markdown.
        markdown: bool,
    },
    /// What an image starts; the verdicts on its files follow.
    Start {
        /// The image.
        image: &'a str,
        /// The platform.
        platform: &'a Platform,
        /// What is started.
        start: &'a Start,
    },
    /// A Dockerfile was read.
    Linted(&'a Linted<'a>),
    /// A Dockerfile was written.
    Dockerfile(&'a Dockerfile<'a>),
    /// The page of a check or a rule.
    Page(&'static Diagnostic),
    /// What is behind a message.
    Explained(&'a Explained<'a>),
    /// Every image of the catalogue.
    Images(&'a [Image]),
    /// What is known of an image.
    Image(&'a Image),
    /// What was read of a real image.
    Inspected {
        /// Its facts.
        image: &'a Image,
        /// Its digest, where it has one.
        digest: Option<&'a str>,
        /// Whether they were kept in gobuild.lock.
        pinned: bool,
    },
    /// What this machine makes possible.
    Machine {
        /// Programs that were looked for.
        tools: &'a [Tool],
        /// C compilers, a row for each platform.
        rows: &'a [Row],
    },
    /// A result that is text: help, completions, a manual page.
    Text(&'a str),
    /// A problem before any verdict, or one that ended a job.
    Error(&'a Error),
    /// Everything is done: the exit status.
    Finished(u8),
}

/// A file that was judged, with what was found.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The file as it would be, or was, published.
    pub file: &'a str,
    /// The target as it was named, if there was one.
    pub target: Option<&'a str>,
    /// The image after a floating tag was resolved; none where only the platform was judged.
    pub image: Option<&'a str>,
    /// The platform.
    pub platform: &'a Platform,
    /// What was found.
    pub findings: &'a [Shown],
    /// By whom it was asked for.
    pub asked: Asked<'a>,
}

/// What a verdict is for.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// A build, before it: nothing was built where it is a rejection.
    BeforeBuilding,
    /// A build: where the rejected file stays, if it is one.
    Built {
        /// Path of the rejected file.
        rejected: Option<&'a Path>,
    },
    /// `verify`, which answers for every file.
    Verify {
        /// What kind of file it is, in a few words.
        kind: &'a str,
        /// Why this platform was taken, where nobody named it.
        platform_from: Option<&'a str>,
    },
}

impl Judged<'_> {
    /// Whether nothing rejects it.
    pub fn accepted(&self) -> bool {
        !self.findings.iter().any(Shown::is_error)
    }
}

/// A file that was published.
#[derive(Debug, Clone, Copy)]
pub struct Artifact<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// The target as it was named, if there was one.
    pub target: Option<&'a str>,
    /// The image.
    pub image: Option<&'a str>,
    /// The platform.
    pub platform: &'a Platform,
    /// Whether this run made it; false where nothing had changed.
    pub fresh: bool,
}

/// One plan of several.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// The plan, with what it is for.
    pub view: &'a View<'a>,
    /// Why gobuild steps aside, where it does.
    pub aside: Option<&'a str>,
    /// Whether it is the first one.
    pub first: bool,
}

/// A Dockerfile that was written.
#[derive(Debug, Clone, Copy)]
pub struct Dockerfile<'a> {
    /// The target as it was named.
    pub target: &'a str,
    /// The image.
    pub image: &'a str,
    /// `prebuilt`, `multi-stage`
    pub shape: &'static str,
    /// `buildkit`, `classic`
    pub builder: &'static str,
    /// Its text.
    pub text: &'a str,
    /// What should be known of it.
    pub notes: &'a [String],
    /// The file it was written to; none where it is the result itself.
    pub output: Option<&'a Path>,
}

impl dyn Reporter + '_ {
    /// A line worth saying.
    pub fn note(&self, text: &str) {
        self.event(&Event::Note(text));
    }

    /// A line that should be read.
    pub fn warning(&self, text: &str) {
        self.event(&Event::Warning(text));
    }

    /// A step, in cargo's voice.
    pub fn status(&self, verb: &'static str, text: &str) {
        self.event(&Event::Status(verb, text));
    }
}
