//! What was typed. Nothing here looks at a file or decides what a value means.

mod args;
pub mod go_flags;
mod goflags;
pub mod line;
mod parse;
mod quoted;
mod split;

pub use args::command;
pub use goflags::goflags;
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

/// Options that every verb takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// `--config FILE`
    pub config: Option<PathBuf>,
    /// `--go PATH`
    pub go: Option<OsString>,
    /// `--message-format human|json`
    pub format: Format,
    /// `--color auto|always|never`
    pub color: Color,
    /// `--quiet`
    pub quiet: bool,
    /// `--verbose`
    pub verbose: bool,
    /// `--allow GB…`
    pub allow: Vec<String>,
    /// `--deny GB…`
    pub deny: Vec<String>,
}

/// How results and messages are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// Where a terminal reads it, and `NO_COLOR` does not forbid it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A `go build` line with gobuild's own options taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildArgs {
    /// `--target T`, in order.
    pub targets: Vec<String>,
    /// `--platform P`, in order.
    pub platforms: Vec<String>,
    /// `--release`
    pub release: bool,
    /// Everything that is go's.
    pub line: line::GoLine,
}

/// What was typed behind `dockerfile`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DockerfileArgs {
    /// `--target T`
    pub target: Option<String>,
    /// `--platform P`, in order.
    pub platforms: Vec<String>,
    /// `--shape multi-stage`, as typed.
    pub shape: Option<DockerfileShape>,
    /// `--builder classic`, as typed.
    pub builder: Option<DockerfileBuilder>,
    /// `--template FILE`
    pub template: Option<PathBuf>,
    /// `--binary FILE`
    pub binary: Option<PathBuf>,
    /// `--output FILE`
    pub output: Option<PathBuf>,
    /// `--force`
    pub force: bool,
    /// `--ignore`
    pub ignore: bool,
}

/// `--shape`
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DockerfileShape {
    /// Built outside and copied.
    Prebuilt,
    /// Built in a stage of the Dockerfile.
    MultiStage,
}

/// `--builder`
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DockerfileBuilder {
    /// Docker's own since 23.0.
    #[value(name = "buildkit")]
    BuildKit,
    /// Docker's own before.
    Classic,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// `gobuild [build]`
    Build(BuildArgs),
    /// `gobuild plan`
    Plan(BuildArgs),
    /// `gobuild verify FILE…`
    Verify {
        /// The files; none judges what `--image` itself starts.
        files: Vec<PathBuf>,
        /// `--target T`, in order.
        targets: Vec<String>,
        /// `--rootfs DIR`
        rootfs: Option<PathBuf>,
        /// `--image SOURCE`
        image: Option<String>,
        /// `--platform P`, in order.
        platforms: Vec<String>,
        /// `--all`, or no target anywhere: against every known image.
        all: bool,
        /// `--every-file`: every program of the image too, where no file was named.
        every_file: bool,
        /// `--markdown`: that table as Markdown.
        markdown: bool,
    },
    /// `gobuild image list`
    ImageList,
    /// `gobuild image show IMAGE`
    ImageShow {
        /// The reference as typed.
        image: String,
    },
    /// `gobuild image inspect SOURCE`
    ImageInspect {
        /// A path or a reference, as typed.
        what: String,
        /// `--platform P`, in order.
        platforms: Vec<String>,
    },
    /// `gobuild image pin IMAGE`
    ImagePin {
        /// The reference as typed.
        image: String,
        /// `--image SOURCE`
        from: Option<String>,
        /// `--platform P`, in order.
        platforms: Vec<String>,
    },
    /// `gobuild explain GB201`, `gobuild explain "exec /app/rpc: no such file or directory"`
    Explain {
        /// A check's id or name, a cause's name, a message as pasted; `-` is standard input.
        subject: String,
        /// `--file FILE`, in order: files that may be the reason.
        files: Vec<PathBuf>,
        /// `--target T`, in order.
        targets: Vec<String>,
        /// `--platform P`, in order.
        platforms: Vec<String>,
    },
    /// `gobuild dockerfile`
    Dockerfile(DockerfileArgs),
    /// `gobuild lint [Dockerfile…]`
    Lint {
        /// The files; none is `Dockerfile`.
        files: Vec<PathBuf>,
        /// `--stage S`: the stage that runs.
        stage: Option<String>,
        /// `--context DIR`
        context: Option<PathBuf>,
        /// `--sarif`
        sarif: bool,
        /// `--github`
        github: bool,
    },
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

/// A whole command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Options of every verb.
    pub common: Common,
    /// The verb with its own.
    pub verb: Verb,
}
