//! Short questions to other programs: started, waited for, answer in hand.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use crate::cli::Env;

/// What a program answered.
pub(super) struct Answer {
    /// Exit status 0.
    pub(super) ok: bool,
    /// Standard output; not UTF-8 becomes replacement characters.
    pub(super) stdout: String,
    /// Standard error, likewise.
    pub(super) stderr: String,
}

/// Runs a program with exactly this environment and nothing on standard input.
pub(super) fn ask(program: &Path, args: &[OsString], env: &Env, dir: &Path) -> io::Result<Answer> {
    let output = duct::cmd(program, args)
        .dir(dir)
        .full_env(env)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .run()?;
    Ok(Answer {
        ok: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
