//! What was typed. Nothing here looks at a file or decides what a value means.

mod args;
pub mod go_flags;
mod go_verbs;
mod goflags;
mod habits;
pub mod line;
mod options;
mod parse;
mod quoted;
mod split;

pub use args::command;
pub use goflags::goflags;
pub use options::{
    BuildArgs, Color, Common, DockerfileArgs, DockerfileBuilder, DockerfileShape, ExplainArgs, Format,
    InspectArgs, LintArgs, PinArgs, ShowArgs, VerifyArgs,
};
pub use parse::parse;
pub use quoted::{quoted_join, quoted_split};

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// An environment: the process's own, or the one that a child gets.
pub type Env = BTreeMap<OsString, OsString>;

/// What the process was started with. Read once, in `main`, and a parameter from there on.
#[derive(Debug, Clone)]
pub struct Process {
    /// Arguments without the program's name.
    pub args: Vec<OsString>,
    /// Environment variables.
    pub env: Env,
    /// Current directory.
    pub dir: PathBuf,
}

/// A variable's value as go sees it: an empty one counts as unset.
pub fn variable<'a>(env: &'a Env, name: &str) -> Option<&'a OsStr> {
    env.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// `gobuild [build]`
    Build(BuildArgs),
    /// `gobuild plan`
    Plan(BuildArgs),
    /// `gobuild verify`
    Verify(VerifyArgs),
    /// `gobuild image list`
    ImageList,
    /// `gobuild image show`
    ImageShow(ShowArgs),
    /// `gobuild image inspect`
    ImageInspect(InspectArgs),
    /// `gobuild image pin`
    ImagePin(PinArgs),
    /// `gobuild explain`
    Explain(ExplainArgs),
    /// `gobuild dockerfile`
    Dockerfile(DockerfileArgs),
    /// `gobuild lint`
    Lint(LintArgs),
    /// `gobuild test ./...`: a verb of go's, and everything behind it.
    Go(Vec<OsString>),
    /// `gobuild init`
    Init,
    /// `gobuild doctor`
    Doctor,
    /// `gobuild completions SHELL`
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// `gobuild man`
    Man,
    /// `--help` or `--version`: the text to print, as clap made it.
    Print(String),
}

impl Verb {
    /// Whether it says what fits and what does not, in every format; go has words of its own.
    pub fn has_findings(&self) -> bool {
        matches!(self, Self::Build(_) | Self::Verify(_) | Self::Lint(_) | Self::Go(_))
    }
}

/// A whole command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Options of every verb.
    pub common: Common,
    /// The verb with its own.
    pub verb: Verb,
}
