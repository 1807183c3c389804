//! A command that needs a shell, in an image without one.

use serde::Serialize;

/// The instruction, and its command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShellMissing {
    /// Which instruction it is.
    pub instruction: Instruction,
    /// The command where it is written without brackets; none where a shell is called by name.
    pub command: Option<String>,
    /// The final image, as written.
    pub image: String,
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
