//! A Dockerfile as data: stages with their steps, and where in the text each word stands.
//!
//! The grammar is the crate's (parse-dockerfile); here its tree becomes one that the rest of the room can
//! keep, with options and words read once.
//!
//! | file | its one thought |
//! | --- | --- |
//! | `convert` | the crate's tree into this one |
//! | `documents` | here-documents in the middle of a `RUN`, which the crate takes for instructions |
//! | `mounts` | `RUN --mount` |
//! | `pairs` | `ARG A=b C` and `ENV A=b`, `ENV A b` |
//! | [`place`] | offsets and lines |

mod convert;
mod documents;
mod mounts;
mod pairs;
pub mod place;

use std::ops::Range;

pub use mounts::Mount;

/// Bytes of the text, from the first to one after the last.
pub type Span = Range<usize>;

/// A word of the file, with quotes and escapes resolved, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dockerfile {
    /// The text without a byte order mark: what the spans count in.
    pub text: String,
    /// `ARG` in front of the first `FROM`.
    pub globals: Vec<Argument>,
    /// At least one.
    pub stages: Vec<Stage>,
}

/// One `NAME` or `NAME=default` of an `ARG`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The name.
    pub name: String,
    /// The default as written, where there is one.
    pub default: Option<String>,
    /// The whole word.
    pub span: Span,
}

/// A `FROM` with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The `FROM` line.
    pub span: Span,
    /// The image or stage as written.
    pub image: Word,
    /// The name behind `AS`.
    pub name: Option<Word>,
    /// `--platform` as written.
    pub platform: Option<Word>,
    /// What is done in it.
    pub steps: Vec<Step>,
}

/// One instruction of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The whole instruction, without the bodies of here-documents.
    pub span: Span,
    /// What it does.
    pub what: What,
}

/// What an instruction does; those that nothing is judged by are [`What::Other`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `ARG`
    Arg(Vec<Argument>),
    /// `ENV`, names and values as written.
    Env(Vec<(String, String)>),
    /// `COPY` and `ADD`.
    Copy(Copy),
    /// `RUN`
    Run(Run),
    /// `ENTRYPOINT`
    Entrypoint(Command),
    /// `CMD`
    Cmd(Command),
    /// `HEALTHCHECK CMD`; none for `HEALTHCHECK NONE`.
    Healthcheck(Option<Command>),
    /// `USER`
    User(Word),
    /// `WORKDIR`
    Workdir(Word),
    /// `EXPOSE`
    Expose(Vec<Word>),
    /// `VOLUME`
    Volume(Vec<Word>),
    /// `SHELL`
    Shell(Vec<Word>),
    /// Anything else.
    Other,
}

/// `COPY` or `ADD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Whether it is `ADD`, which also fetches and unpacks.
    pub adds: bool,
    /// `--from`
    pub from: Option<Word>,
    /// `--chown`
    pub chown: Option<String>,
    /// `--chmod`
    pub chmod: Option<String>,
    /// Paths, and URLs for `ADD`; here-documents are left out.
    pub sources: Vec<Word>,
    /// The names of here-documents among the sources: files that the text itself brings.
    pub documents: usize,
    /// Where to.
    pub to: Word,
}

/// `RUN`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is run.
    pub command: Command,
    /// The body of a here-document that is the script itself (`RUN <<EOF`).
    pub script: Option<String>,
    /// What `--mount` shows it.
    pub mounts: Vec<Mount>,
}

/// A command in one of its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `["/app", "-v"]`
    Exec(Vec<Word>, Span),
    /// `/app -v`, as written: escapes, continued lines and comments are still in it.
    Shell(Word),
}

impl Command {
    /// Where it stands.
    pub fn span(&self) -> &Span {
        match self {
            Self::Exec(_, span) => span,
            Self::Shell(word) => &word.span,
        }
    }
}

/// Why a text is no Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ParseError {
    /// 1-based.
    pub line: usize,
    /// 1-based, in bytes.
    pub column: usize,
    /// The reason as a clause.
    pub message: String,
}

/// Reads a Dockerfile.
///
/// # Errors
/// It is none: an instruction that nobody knows, a quote that is open, no stage.
pub fn parse(text: &str) -> Result<Dockerfile, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let masked = documents::masked(text);
    let tree = parse_dockerfile::parse(&masked).map_err(|error| ParseError {
        // A file without a stage has no place to show: the first line it is.
        line: error.line().max(1),
        column: error.column().max(1),
        message: reason(&error.to_string()),
    })?;
    Ok(convert::file(text, &tree))
}

/// The crate's sentence without the place, which is said beside it.
fn reason(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason).trim().to_owned()
}

#[cfg(test)]
mod tests;
