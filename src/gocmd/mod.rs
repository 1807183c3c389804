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
mod replace;
mod run;
pub mod signals;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

pub use replace::replace;
pub use run::{Written, capture, run};
pub use watch::{Recognise, Seen};

use crate::cli::Env;
use signals::Signals;

/// Takes what go says, as it comes: bytes, one or more lines of standard error.
pub trait Listener: Sync {
    /// A piece of it.
    fn said(&self, bytes: &[u8]);
}

/// What a run of go is attached to.
#[derive(Clone, Copy)]
pub struct Console<'a> {
    /// Signals that end it.
    pub signals: &'a Signals,
    /// Who takes what it says.
    pub listener: &'a dyn Listener,
}

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
