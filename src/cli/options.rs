//! What can be typed behind each verb: one structure a verb, which clap fills and [`crate::ops`] takes as it is. A flag is
//! added here and nowhere else; the doc comments are the help texts. Nobody asks for a structure as one group, and each
//! group that clap is told of costs every start: hence `group(skip)`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::line::GoLine;

/// `gobuild [build]` and `gobuild plan`: gobuild's flags, and the rest of the line, which is go's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct BuildArgs {
    /// A target of gobuild.toml or an image; can be repeated
    #[arg(long = "target", value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub targets: Vec<String>,
    /// Only this platform, as in linux/arm64 or linux/amd64/v3; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
    /// Add -trimpath and -ldflags "-s -w"
    #[arg(long)]
    pub release: bool,
    /// Everything that is go's.
    #[arg(skip)]
    pub line: GoLine,
}

/// `gobuild verify FILE…`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct VerifyArgs {
    /// The binaries; without one, what --image itself starts is judged
    #[arg(value_name = "FILE", required_unless_present_any = ["image", "rootfs"])]
    pub files: Vec<PathBuf>,
    /// A target of gobuild.toml or an image; can be repeated
    #[arg(long = "target", value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub targets: Vec<String>,
    /// A root file system's folder instead of a target
    #[arg(long, value_name = "DIR", conflicts_with_all = ["targets", "image"])]
    pub rootfs: Option<PathBuf>,
    /// A real image instead of a target: docker-archive:FILE, oci:DIR:TAG, oci-archive:FILE, dir:PATH, or
    /// docker-daemon:REF of the local engine; a bare path or name is one of them
    #[arg(long, value_name = "SOURCE", conflicts_with = "targets",
          value_parser = NonEmptyStringValueParser::new())]
    pub image: Option<String>,
    /// The platform the binary is meant for; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
    /// Against every known image, whatever target is configured: a table
    #[arg(long, conflicts_with = "targets")]
    pub all: bool,
    /// Without FILE: every program in the image too, but for those of its distribution's packages
    #[arg(long = "every-file", conflicts_with_all = ["files", "targets", "all", "markdown"])]
    pub every_file: bool,
    /// Print that table as Markdown; implies --all
    #[arg(long, conflicts_with_all = ["targets", "format"])]
    pub markdown: bool,
}

/// `gobuild explain GB201`, `gobuild explain "exec /app/rpc: no such file or directory"`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct ExplainArgs {
    /// Ids or names of checks, as in GB201; or a message as you would paste it, a whole log if need be; `-`
    /// reads it from standard input
    #[arg(value_name = "ID|MESSAGE", required = true)]
    pub subject: Vec<String>,
    /// The file that gave the message: says which of the causes it is; can be repeated
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// With --file: the target of gobuild.toml or the image that it ran in; can be repeated
    #[arg(long = "target", value_name = "TARGET", requires = "files",
          value_parser = NonEmptyStringValueParser::new())]
    pub targets: Vec<String>,
    /// With --file: the platform that it ran on; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", requires = "files", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
}

/// `gobuild dockerfile`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct DockerfileArgs {
    /// A target of gobuild.toml or an image
    #[arg(long, value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub target: Option<String>,
    /// Only this platform, as in linux/arm64; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
    /// Where the binary is built: outside and copied, or in a stage of its own
    #[arg(long, value_name = "prebuilt|multi-stage", value_enum, hide_possible_values = true)]
    pub shape: Option<DockerfileShape>,
    /// What builds it: docker as it builds since 23.0, or its classic builder
    #[arg(long, value_name = "buildkit|classic", value_enum, hide_possible_values = true)]
    pub builder: Option<DockerfileBuilder>,
    /// A template of your own instead of gobuild's; docs/dockerfile.md has its variables
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// The finished binary, which says what it looks for; otherwise the one that gobuild wrote
    #[arg(long, value_name = "FILE")]
    pub binary: Option<PathBuf>,
    /// Write it to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// With --output: also over a file that somebody changed
    #[arg(long, requires = "output")]
    pub force: bool,
    /// With --output: write .dockerignore beside it
    #[arg(long, requires = "output")]
    pub ignore: bool,
}

/// `gobuild lint [Dockerfile…]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct LintArgs {
    /// The files, or folders with Dockerfiles; without any, the Dockerfile (or Containerfile) here
    #[arg(value_name = "DOCKERFILE")]
    pub files: Vec<PathBuf>,
    /// The stage that runs, by name or number, instead of the last
    #[arg(long, value_name = "STAGE", value_parser = NonEmptyStringValueParser::new())]
    pub stage: Option<String>,
    /// The folder that docker build is given, instead of the current one
    #[arg(long, value_name = "DIR")]
    pub context: Option<PathBuf>,
}

/// `gobuild image show IMAGE`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct ShowArgs {
    /// The image, as in alpine:3.20
    pub image: String,
}

/// `gobuild image inspect SOURCE`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct InspectArgs {
    /// dir:PATH, docker-archive:FILE, oci-archive:FILE, oci:DIR:TAG, docker-daemon:REF; a bare path is a
    /// folder, an archive or an OCI layout, a bare name an image of the local engine
    #[arg(value_name = "SOURCE")]
    pub what: String,
    /// Only this platform; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
}

/// `gobuild image pin IMAGE`
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct PinArgs {
    /// The image, as builds name it: alpine:3.20
    pub image: String,
    /// Read it from this source, written as for image inspect, instead of the local engine
    #[arg(long = "image", value_name = "SOURCE")]
    pub from: Option<String>,
    /// Only this platform; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub platforms: Vec<String>,
}

/// Flags of every verb.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[group(skip)]
pub struct Common {
    /// Read this file instead of the nearest gobuild.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The go to run, instead of $GO or the one on PATH
    #[arg(long, value_name = "PATH")]
    pub go: Option<OsString>,
    /// How results and messages are written
    #[arg(
        long = "message-format",
        value_name = "human|json|sarif|github",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    pub format: Format,
    /// When to colour
    #[arg(long, value_name = "auto|always|never", value_enum, default_value_t, hide_possible_values = true)]
    pub color: Color,
    /// Only errors and warnings
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(long)]
    pub verbose: bool,
    /// Do not reject for this check; can be repeated or a list with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Reject for this check where it would only warn; can be repeated or a list with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub deny: Vec<String>,
}

/// How results and messages are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// One SARIF 2.1.0 log, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where a terminal reads it, and `NO_COLOR` does not forbid it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `--shape`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DockerfileShape {
    /// Built outside and copied.
    Prebuilt,
    /// Built in a stage of the Dockerfile.
    MultiStage,
}

/// `--builder`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DockerfileBuilder {
    /// Docker's own since 23.0.
    #[value(name = "buildkit")]
    BuildKit,
    /// Docker's own before.
    Classic,
}
