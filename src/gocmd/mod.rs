//! The go command: which one it is, what it answers (`go env`, `go list`), and running what the plan says, with its
//! output streamed and signals passed on.

pub mod c_code;
pub mod env;
mod env_key;
pub mod find;
mod header;
pub mod held_back;
mod manifest;
pub mod packages;
mod processes;
pub mod question;
mod run;
pub mod signals;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

pub use run::{Written, capture, run};
pub use watch::{Recognise, Seen};

use crate::cli::Env;

/// One run of go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The program, absolute.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Exactly the environment it gets.
    pub env: Env,
    /// Where it runs.
    pub dir: PathBuf,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// By itself, with this status.
    Exit(i32),
    /// By this signal.
    Signal(i32),
}

/// A run that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub status: Status,
    /// Whether a line that was to be held back came, and was.
    pub held_back: bool,
    /// Lines that were recognised.
    pub seen: Vec<Seen>,
}

impl Ended {
    /// Exit status 0.
    pub const fn success(&self) -> bool {
        matches!(self.status, Status::Exit(0))
    }
}
