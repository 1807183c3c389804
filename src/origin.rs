//! Where a value came from. Every value that `gobuild plan` shows carries one of these.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

/// The place a value was taken from, most direct first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "from", content = "value", rename_all = "kebab-case")]
pub enum Origin {
    /// Typed: the flag's name as the user wrote it (`--target`, `-ldflags`).
    CommandLine(String),
    /// An environment variable, by name.
    Environment(String),
    /// A variable's value set with `go env -w`, by the file that holds it.
    GoEnvFile(PathBuf),
    /// A key of gobuild.toml.
    File {
        /// The file as it should be shown (relative where that is shorter).
        path: PathBuf,
        /// 1-based line of the key.
        line: usize,
        /// Dotted key, `build.ldflags`.
        key: String,
    },
    /// The final stage of a Dockerfile.
    Dockerfile {
        /// The Dockerfile as it should be shown.
        path: PathBuf,
        /// 1-based line of the `FROM`.
        line: usize,
    },
    /// It follows from the image; the text says how (`alpine:3.20 has musl`).
    Image(String),
    /// It follows from the platform that was chosen.
    Platform(String),
    /// It follows from another setting or from the code; the text says which.
    Because(String),
    /// Nothing said otherwise.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine(flag) => write!(f, "{flag} on the command line"),
            Self::Environment(name) => write!(f, "{name} in the environment"),
            Self::GoEnvFile(path) => write!(f, "go env -w ({})", path.display()),
            Self::File { path, line, key } => write!(f, "{}:{line} {key}", path.display()),
            Self::Dockerfile { path, line } => write!(f, "{}:{line} FROM", path.display()),
            Self::Image(text) | Self::Because(text) => f.write_str(text),
            Self::Platform(platform) => write!(f, "platform {platform}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value with the place it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// A list with the place it came from, and every item with its own.
pub type List<T> = Sourced<Vec<Sourced<T>>>;

impl<T> Sourced<T> {
    /// Pairs a value with its origin.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The same origin with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: change(self.value), origin: self.origin }
    }
}
