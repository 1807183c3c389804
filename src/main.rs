//! The command: read what the process was started with, run, and end as the run says.

use std::process::ExitCode;

use gobuild::cli::Process;
use gobuild::commands;
use gobuild::ops::Ended;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    let dir = match std::env::current_dir() {
        Ok(dir) => dir,
        Err(error) => return commands::no_directory(&error),
    };
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    let env = std::env::vars_os().collect();
    let process = Process { args: std::env::args_os().skip(1).collect(), env, dir };
    match commands::run(&process) {
        Ended::Exit(status) => ExitCode::from(status),
        Ended::Signal(signal) => ExitCode::from(gobuild::gocmd::signals::die(signal)),
    }
}
