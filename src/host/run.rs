//! Short questions to other programs: started, waited for, answer in hand.

use std::ffi::OsString;
use std::io::{self, Read as _};
use std::path::Path;
use std::thread;

use crate::cli::Env;
use crate::host::drain::{Drain, Running};

/// What a program answered.
pub struct Answer {
    /// Exit status 0.
    pub ok: bool,
    /// Exit status; none where a signal ended it.
    pub code: Option<i32>,
    /// Standard output; not UTF-8 becomes replacement characters.
    pub stdout: String,
    /// Standard error, likewise.
    pub stderr: String,
}

/// Runs a program with exactly this environment and nothing on standard input.
pub fn ask(program: &Path, args: &[OsString], env: &Env, dir: &Path) -> io::Result<Answer> {
    let running = Running::new()?;
    let (stdout, out) = running.pipe()?;
    let (stderr, err) = running.pipe()?;
    let command =
        duct::cmd(program, args).dir(dir).full_env(env).stdin_null().stdout_file(out).stderr_file(err);
    thread::scope(|scope| {
        let [stdout, stderr] = [stdout, stderr].map(|pipe| scope.spawn(move || text(pipe)));
        let ended = command.unchecked().run();
        drop(running);
        let unread = |_| io::Error::other("reading the answer failed");
        let (stdout, stderr) = (stdout.join().map_err(unread)??, stderr.join().map_err(unread)??);
        let status = ended?.status;
        Ok(Answer { ok: status.success(), code: status.code(), stdout, stderr })
    })
}

fn text(mut pipe: Drain) -> io::Result<String> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
