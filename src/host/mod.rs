//! What this machine has: files and which they are, programs by name and their short answers, git, the day.
//!
//! The environment and the directory are parameters here as everywhere; what is started is started with
//! exactly the environment that was passed in.

pub mod config_file;
pub mod context;
pub mod drain;
pub mod file;
pub mod git;
pub mod hex;
pub mod identity;
pub mod lock_file;
pub mod program;
pub mod run;
pub mod today;
