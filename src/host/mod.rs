//! What this machine has: files, the cache, go and what `go env` answers, the package list, git.
//!
//! The environment and the directory are parameters here as everywhere; what is started is started with
//! exactly the environment that was passed in.

pub mod c_code;
pub mod cache;
pub mod compilers;
pub mod config_file;
pub mod context;
pub mod file;
pub mod git;
pub mod go_binary;
pub mod go_env;
mod go_env_key;
mod go_source;
pub mod hex;
pub mod identity;
pub mod kept;
mod leftovers;
pub mod lock_file;
mod manifest;
pub mod packages;
mod probe;
pub mod program;
pub mod rootfs;
mod run;
pub mod sysroot;
pub mod today;
pub mod wrapper;
