//! Go in the place of this process.

use std::os::unix::process::CommandExt as _;

use super::Invocation;
use crate::error::Error;

/// Runs go instead of what runs now: its streams, its signals and its exit status are then go's own, and no process
/// stays between. Comes back only where that could not be done.
pub fn replace(invocation: &Invocation) -> Error {
    let Invocation { program, args, env, dir } = invocation;
    #[expect(
        clippy::disallowed_methods,
        reason = "duct waits for what it starts, and nobody is to wait here"
    )]
    let mut command = std::process::Command::new(program);
    let error = command.args(args).env_clear().envs(env).current_dir(dir).exec();
    Error::io("run", program, &error)
}
