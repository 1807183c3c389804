//! Starting go and waiting for it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::thread;

use crate::error::{Error, Result};
use crate::gocmd::held_back::forward_and_watch;
use crate::gocmd::signals::Signals;
use crate::gocmd::watch::{Recognise, Watch};
use crate::gocmd::{Console, Ended, Invocation, Listener, Status};
use crate::host::drain::Running;

/// What go says while it fetches modules.
const DOWNLOADING: &[u8] = b"go: downloading ";

/// Runs go to its end. Its standard output is gobuild's own; standard error passes through here, without the lines that
/// are exactly one of `held_back`, and with `recognise` is looked through for lines that it knows. A signal that arrives
/// meanwhile ends go and whatever it started, and is told by [`Signals::caught`]; the run then is over like any other.
///
/// # Errors
/// go cannot be started, or its messages cannot be read.
pub fn run(
    invocation: &Invocation,
    console: Console<'_>,
    held_back: &[&str],
    recognise: Option<Recognise>,
) -> Result<Ended> {
    let command = expression(invocation);
    let failed = |error| Error::io("run", &invocation.program, &error);
    let running = Running::new().map_err(failed)?;
    let (reader, writer) = running.pipe().map_err(failed)?;
    let command = command.stderr_file(writer);
    thread::scope(|scope| {
        let mut watch = Watch::new(recognise);
        let forwarding = scope.spawn(move || {
            let held_back = forward_and_watch(reader, Said(console.listener), held_back, &mut watch);
            held_back.map(|held_back| (held_back, watch.seen))
        });
        let ended = wait(invocation, &command, console.signals);
        drop(running);
        let passed = forwarding.join().map_err(|_| Error::new("reading go's messages failed"))?;
        let (held_back, seen) = passed.map_err(failed)?;
        Ok(Ended { held_back, seen, ..ended? })
    })
}

/// A listener as something to write to.
struct Said<'a>(&'a dyn Listener);

impl Write for Said<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !bytes.is_empty() {
            self.0.said(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What go wrote to its two streams.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Asks go a question of gobuild's own: runs it to its end and keeps what it writes, but for downloads,
/// which take their time and are told as they come.
pub fn capture(invocation: &Invocation, console: Console<'_>) -> Result<(Ended, Written)> {
    let failed = |error| Error::io("run", &invocation.program, &error);
    let running = Running::new().map_err(failed)?;
    let (mut out, stdout) = running.pipe().map_err(failed)?;
    let (err, stderr) = running.pipe().map_err(failed)?;
    let command = expression(invocation).stdin_null().stdout_file(stdout).stderr_file(stderr);
    thread::scope(|scope| {
        let messages = scope.spawn(move || messages(BufReader::new(err), Said(console.listener)));
        let answer = scope.spawn(move || {
            let mut bytes = Vec::new();
            out.read_to_end(&mut bytes).map(|_| bytes)
        });
        let ended = wait(invocation, &command, console.signals);
        drop(running);
        let unread = |_| Error::new("reading go's answer failed");
        let stdout = answer.join().map_err(unread)?.map_err(failed)?;
        let stderr = messages.join().map_err(unread)?.map_err(failed)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((ended?, Written { stdout: text(&stdout), stderr: text(&stderr) }))
    })
}

/// Passes the lines about downloads on and gives the others.
fn messages(mut from: impl BufRead, mut to: impl Write) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        if line.starts_with(DOWNLOADING) {
            // Nobody reads it any more: no reason to stop go.
            let _ = to.write_all(&line);
        } else {
            kept.extend_from_slice(&line);
        }
        line.clear();
    }
    Ok(kept)
}

fn expression(invocation: &Invocation) -> duct::Expression {
    duct::cmd(&invocation.program, &invocation.args)
        .dir(&invocation.dir)
        .full_env(&invocation.env)
        .unchecked()
}

fn wait(invocation: &Invocation, command: &duct::Expression, signals: &Signals) -> Result<Ended> {
    let failed = |error| Error::io("run", &invocation.program, &error);
    let handle = command.start().map_err(failed)?;
    let child = signals.watch(&handle.pids());
    let output = handle.wait().map_err(failed)?;
    let status = status(output.status);
    drop(child);
    Ok(Ended { status, held_back: false, seen: Vec::new() })
}

fn status(status: ExitStatus) -> Status {
    status.code().map_or_else(|| Status::Signal(status.signal().unwrap_or_default()), Status::Exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn downloads_are_told_and_the_rest_is_kept() {
        let said = b"go: downloading a v1\nno such package\ngo: downloading b v2\nlast";
        let mut shown = Vec::new();
        assert_eq!(messages(&said[..], &mut shown).unwrap(), b"no such package\nlast");
        assert_eq!(shown, b"go: downloading a v1\ngo: downloading b v2\n");
    }
}
