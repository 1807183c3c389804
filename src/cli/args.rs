//! gobuild's own flags and verbs, for clap. Doc comments here are the help texts.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand};

use super::{Color, Common, DockerfileBuilder, DockerfileShape, Format};

/// The whole command line. clap's `about` takes the place of this comment in the help.
#[derive(Debug, Parser)]
#[command(
    name = "gobuild",
    bin_name = "gobuild",
    about = ABOUT,
    version,
    disable_version_flag = true,
    term_width = 100,
    override_usage = "gobuild [build] [OPTIONS] [go build flags] [packages]\n       gobuild <COMMAND>",
    after_help = EXAMPLES
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) verb: Option<VerbArgs>,
    #[command(flatten)]
    pub(super) build: BuildOptions,
    /// Print the version
    #[arg(long, action = ArgAction::Version)]
    version: Option<bool>,
}

const ABOUT: &str = "\
go build that knows where the binary will run

The binary is compared with the image it will run in, and published only if it fits.
Flags with one dash are go's, flags with two are gobuild's: any `go build` line works once
`go build` is replaced by `gobuild --target IMAGE`.";

const EXAMPLES: &str = "\
Examples:
  gobuild --target alpine ./cmd/rpc
  gobuild --target debian:12 --release -o bin/ ./cmd/...
  gobuild -trimpath -ldflags \"-s -w -X main.version=1.4\" -o rpc ./cmd/rpc
  make GO=\"gobuild --target scratch\"      where the Makefile says $(GO) build

Without --target the image comes from gobuild.toml, else from the last stage of the Dockerfile here.

Exit status: 0 accepted and published, go's own where go fails, 2 wrong usage or a missing tool,
3 the binary does not fit its image.";

const BUILD_EXAMPLES: &str = "\
Every flag of `go build` is taken: -o, -C, -tags, -ldflags, -trimpath, -race, -mod, -buildmode and
the rest, with one dash or two, in front of the packages as go wants it (see `go help build`).

Examples:
  gobuild build --target alpine -o rpc ./cmd/rpc
  gobuild build --target debian:12 --platform linux/arm64 -tags=netgo -trimpath ./cmd/...
  gobuild build -C service -ldflags=\"-s -w\"";

const VERIFY_EXAMPLES: &str = "\
Without --target the image comes from gobuild.toml, else from the last stage of the Dockerfile here.
With none of them the table of every known image is printed.

Examples:
  gobuild verify rpc --target alpine:3.20
  gobuild verify rpc --all --platform linux/amd64
  gobuild verify bin/* --markdown
  gobuild verify --image app.tar               what the image starts: entry point, scripts, wrappers
  gobuild verify --image app.tar --every-file  and every other program that was copied in";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  gobuild explain GB201
  gobuild explain \"exec /app/rpc: no such file or directory\"
  kubectl logs --previous POD | gobuild explain -
  gobuild explain \"GLIBC_2.34' not found\" --file rpc --target debian:11";

const DOCKERFILE_EXAMPLES: &str = "\
It goes to standard output. What it says beside the image stands under [dockerfile] of gobuild.toml,
whose folder is the one to give to `docker build`. A file that gobuild wrote is written again; one
that somebody changed is kept.

Examples:
  gobuild dockerfile --target alpine
  gobuild dockerfile --shape multi-stage --output Dockerfile --ignore
  gobuild dockerfile --template deploy/Dockerfile.template --output Dockerfile";

const LINT_EXAMPLES: &str = "\
A comment `# gobuild: ignore=GB612` in front of an instruction, or between its lines, takes a rule back there.
Exit status: 0 nothing but warnings, 2 no Dockerfile, 3 errors.

Examples:
  gobuild lint
  gobuild lint --stage release deploy/Dockerfile
  gobuild lint --sarif Dockerfile > lint.sarif";

#[derive(Debug, Subcommand)]
pub(super) enum VerbArgs {
    /// Build, compare with the image, publish what fits (the verb may be left out)
    #[command(override_usage = "gobuild [build] [OPTIONS] [go build flags] [packages]", after_help = BUILD_EXAMPLES)]
    Build(BuildOptions),
    /// Print what would be run and why, as a line for a shell
    #[command(
        override_usage = "gobuild plan [OPTIONS] [go build flags] [packages]",
        after_help = "Takes the same line as `gobuild build`, and builds nothing."
    )]
    Plan(BuildOptions),
    /// Compare finished binaries with an image, or with every known one; or judge a whole image
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(VerifyOptions),
    /// Show what is known of images
    #[command(subcommand, arg_required_else_help = false)]
    Image(ImageVerb),
    /// Explain a check, or a message of a container, a pod or a build
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainOptions),
    /// Write the Dockerfile that fits the target
    #[command(after_help = DOCKERFILE_EXAMPLES)]
    Dockerfile(DockerfileOptions),
    /// Check Dockerfiles against the images they name and the folder they are built in
    #[command(after_help = LINT_EXAMPLES)]
    Lint(LintOptions),
    /// Write a commented gobuild.toml for this module
    Init(CommonOptions),
    /// List the go, C compilers and container engines found, and what can be built with them
    Doctor(CommonOptions),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
        #[command(flatten)]
        common: CommonOptions,
    },
    /// Print the manual page
    Man(CommonOptions),
}

#[derive(Debug, Args)]
pub(super) struct BuildOptions {
    /// A target of gobuild.toml or an image; can be repeated
    #[arg(long = "target", value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub(super) targets: Vec<String>,
    /// Only this platform, as in linux/arm64 or linux/amd64/v3; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) platforms: Vec<String>,
    /// Add -trimpath and -ldflags "-s -w"
    #[arg(long)]
    pub(super) release: bool,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct VerifyOptions {
    /// The binaries; without one, what --image itself starts is judged
    #[arg(value_name = "FILE", required_unless_present_any = ["image", "rootfs"])]
    pub(super) files: Vec<PathBuf>,
    /// A target of gobuild.toml or an image; can be repeated
    #[arg(long = "target", value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub(super) targets: Vec<String>,
    /// A root file system's folder instead of a target
    #[arg(long, value_name = "DIR", conflicts_with_all = ["targets", "image"])]
    pub(super) rootfs: Option<PathBuf>,
    /// A real image instead of a target: docker-archive:FILE, oci:DIR[:TAG], oci-archive:FILE, dir:PATH, or
    /// docker-daemon:REF of the local engine; a bare path or name is one of them
    #[arg(long, value_name = "SOURCE", conflicts_with = "targets",
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) image: Option<String>,
    /// The platform the binary is meant for; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) platforms: Vec<String>,
    /// Against every known image, whatever target is configured: a table, and status 0
    #[arg(long, conflicts_with = "targets")]
    pub(super) all: bool,
    /// Without FILE: every program in the image too, but for those of its distribution's packages
    #[arg(long = "every-file", conflicts_with_all = ["files", "targets", "all", "markdown"])]
    pub(super) every_file: bool,
    /// Print that table as Markdown; implies --all
    #[arg(long, conflicts_with_all = ["targets", "format"])]
    pub(super) markdown: bool,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct ExplainOptions {
    /// Id or name of a check, as in GB201; or a message as you would paste it, a whole log if need be; `-`
    /// reads it from standard input
    #[arg(value_name = "ID|MESSAGE", required = true)]
    pub(super) subject: Vec<String>,
    /// The file that gave the message: says which of the causes it is; can be repeated
    #[arg(long = "file", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// With --file: the target of gobuild.toml or the image that it ran in; can be repeated
    #[arg(long = "target", value_name = "TARGET", requires = "files",
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) targets: Vec<String>,
    /// With --file: the platform that it ran on; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", requires = "files", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) platforms: Vec<String>,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct DockerfileOptions {
    /// A target of gobuild.toml or an image
    #[arg(long, value_name = "TARGET", value_parser = NonEmptyStringValueParser::new())]
    pub(super) target: Option<String>,
    /// Only this platform, as in linux/arm64; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) platforms: Vec<String>,
    /// Where the binary is built: outside and copied, or in a stage of its own
    #[arg(long, value_name = "prebuilt|multi-stage", value_enum, hide_possible_values = true)]
    pub(super) shape: Option<DockerfileShape>,
    /// What builds it: docker as it builds since 23.0, or its classic builder
    #[arg(long, value_name = "buildkit|classic", value_enum, hide_possible_values = true)]
    pub(super) builder: Option<DockerfileBuilder>,
    /// A template of your own instead of gobuild's; docs/dockerfile.md has its variables
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// The finished binary, which says what it looks for; otherwise the one that gobuild wrote
    #[arg(long, value_name = "FILE")]
    pub(super) binary: Option<PathBuf>,
    /// Write it to this file
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// With --output: also over a file that somebody changed
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// With --output: write .dockerignore beside it
    #[arg(long, requires = "output")]
    pub(super) ignore: bool,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct LintOptions {
    /// The files; without any, the Dockerfile (or Containerfile) here
    #[arg(value_name = "DOCKERFILE")]
    pub(super) files: Vec<PathBuf>,
    /// The stage that runs, by name or number, instead of the last
    #[arg(long, value_name = "STAGE", value_parser = NonEmptyStringValueParser::new())]
    pub(super) stage: Option<String>,
    /// The folder that docker build is given, instead of the current one
    #[arg(long, value_name = "DIR")]
    pub(super) context: Option<PathBuf>,
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with_all = ["format", "github"])]
    pub(super) sarif: bool,
    /// Print annotations for GitHub Actions
    #[arg(long, conflicts_with = "format")]
    pub(super) github: bool,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

#[derive(Debug, Subcommand)]
pub(super) enum ImageVerb {
    /// List the images that gobuild knows
    List(CommonOptions),
    /// Show what is known of one image, and who says so
    Show {
        /// The image, as in alpine:3.20
        image: String,
        #[command(flatten)]
        common: CommonOptions,
    },
    /// Read what a real image offers: a folder, an archive, or an image of the local engine
    Inspect {
        /// dir:PATH, docker-archive:FILE, oci-archive:FILE, oci:DIR[:TAG], docker-daemon:REF; a bare path is a
        /// folder, an archive or an OCI layout, a bare name an image of the local engine
        #[arg(value_name = "SOURCE")]
        what: String,
        #[command(flatten)]
        only: OnlyPlatforms,
        #[command(flatten)]
        common: CommonOptions,
    },
    /// Write what a real image offers to gobuild.lock, which then counts before gobuild's own catalogue
    Pin {
        /// The image, as builds name it: alpine:3.20
        image: String,
        /// Read it from this source, written as for image inspect, instead of the local engine
        #[arg(long = "image", value_name = "SOURCE")]
        from: Option<String>,
        #[command(flatten)]
        only: OnlyPlatforms,
        #[command(flatten)]
        common: CommonOptions,
    },
}

#[derive(Debug, Args)]
pub(super) struct OnlyPlatforms {
    /// Only this platform; can be repeated or a list with commas
    #[arg(long = "platform", value_name = "PLATFORM", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(super) platforms: Vec<String>,
}

/// Flags of every verb.
#[derive(Debug, Args)]
pub(super) struct CommonOptions {
    /// Read this file instead of the nearest gobuild.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The go to run, instead of $GO or the one on PATH
    #[arg(long, value_name = "PATH")]
    go: Option<OsString>,
    /// How results and messages are written
    #[arg(
        long = "message-format",
        value_name = "human|json",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    format: Format,
    /// When to colour
    #[arg(long, value_name = "auto|always|never", value_enum, default_value_t, hide_possible_values = true)]
    color: Color,
    /// Only errors and warnings
    #[arg(long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(long)]
    verbose: bool,
    /// Do not reject for this check; can be repeated or a list with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    allow: Vec<String>,
    /// Reject for this check where it would only warn; can be repeated or a list with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    deny: Vec<String>,
}

impl From<CommonOptions> for Common {
    fn from(options: CommonOptions) -> Self {
        let CommonOptions { config, go, format, color, quiet, verbose, allow, deny } = options;
        Self { config, go, format, color, quiet, verbose, allow, deny }
    }
}

/// clap's description of the whole command line, for completions and the manual page.
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    // Adds the help flags and the help verb, so that whoever reads the description finds them.
    command.build();
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_consistent() {
        Cli::command().debug_assert();
    }
}
