//! A command that needs a shell, in an image without one.

use serde::Serialize;

/// The instruction, and its command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShellMissing {
    /// Which instruction it is.
    pub instruction: Instruction,
    /// What asks for the shell.
    pub asked: Asked,
    /// The final image, as written.
    pub image: String,
}

/// Why a shell is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Asked {
    /// One plain command, which is written without brackets.
    Form {
        /// Its words.
        words: Vec<String>,
    },
    /// A line that a shell alone understands: several commands, variables, quotes.
    Line,
    /// A shell that is called by its name.
    Name,
}

/// An instruction that starts something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Instruction {
    /// `RUN`
    Run,
    /// `ENTRYPOINT`
    Entrypoint,
    /// `CMD`
    Cmd,
    /// `HEALTHCHECK`
    Healthcheck,
}
