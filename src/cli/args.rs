//! gobuild's verbs, for clap. Doc comments here are the help texts; the flags of each are in [`super::options`].

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand};

use super::options::{
    BuildArgs, Common, DockerfileArgs, ExplainArgs, InspectArgs, LintArgs, PinArgs, ShowArgs, VerifyArgs,
};

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
    pub(super) build: With<BuildArgs>,
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
  gobuild test ./...                      go's other verbs run go: env, list, mod, version, vet ...

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
  gobuild explain GB301 GB302
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
  gobuild lint deploy                every Dockerfile of that folder
  gobuild lint --message-format sarif Dockerfile > lint.sarif";

#[derive(Debug, Subcommand)]
pub(super) enum VerbArgs {
    /// Build, compare with the image, publish what fits (the verb may be left out)
    #[command(override_usage = "gobuild [build] [OPTIONS] [go build flags] [packages]", after_help = BUILD_EXAMPLES)]
    Build(With<BuildArgs>),
    /// Print what would be run and why, as a line for a shell
    #[command(
        override_usage = "gobuild plan [OPTIONS] [go build flags] [packages]",
        after_help = "Takes the same line as `gobuild build`, and builds nothing."
    )]
    Plan(With<BuildArgs>),
    /// Compare finished binaries with an image, or with every known one; or judge a whole image
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(With<VerifyArgs>),
    /// Show what is known of images
    #[command(subcommand, arg_required_else_help = false)]
    Image(ImageVerb),
    /// Explain a check, or a message of a container, a pod or a build
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(With<ExplainArgs>),
    /// Write the Dockerfile that fits the target
    #[command(after_help = DOCKERFILE_EXAMPLES)]
    Dockerfile(With<DockerfileArgs>),
    /// Check Dockerfiles against the images they name and the folder they are built in
    #[command(after_help = LINT_EXAMPLES)]
    Lint(LintLine),
    /// Write a commented gobuild.toml for this module
    Init(Common),
    /// List the go, C compilers and container engines found, and what can be built with them
    Doctor(Common),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
        #[command(flatten)]
        common: Common,
    },
    /// Print the manual page
    Man(Common),
}

/// The flags of one verb, and those of every verb behind them.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct With<T: Args> {
    #[command(flatten)]
    pub(super) own: T,
    #[command(flatten)]
    pub(super) common: Common,
}

/// `lint`, with the words that said its format before `--message-format` did.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct LintLine {
    #[command(flatten)]
    pub(super) with: With<LintArgs>,
    /// As --message-format sarif
    #[arg(long, hide = true, conflicts_with_all = ["format", "github"])]
    pub(super) sarif: bool,
    /// As --message-format github
    #[arg(long, hide = true, conflicts_with = "format")]
    pub(super) github: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum ImageVerb {
    /// List the images that gobuild knows
    List(Common),
    /// Show what is known of one image, and who says so
    Show(With<ShowArgs>),
    /// Read what a real image offers: a folder, an archive, or an image of the local engine
    Inspect(With<InspectArgs>),
    /// Write what a real image offers to gobuild.lock, which then counts before gobuild's own catalogue
    Pin(With<PinArgs>),
}

/// The name of every verb.
pub(super) fn command_names() -> Vec<String> {
    let names = Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect::<Vec<_>>();
    names.into_iter().chain(["help".to_owned()]).collect()
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
