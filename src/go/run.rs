//! Starting go and waiting for it.

use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::thread;

use super::held_back::forward;
use super::signals::Signals;
use super::{Ended, Invocation, Status};
use crate::error::{Error, Result};

/// Runs go to its end. Everything it writes goes straight to gobuild's own descriptors, except that
/// with `held_back` not empty standard error passes through here to lose the lines that are exactly one
/// of them. A signal that arrives meanwhile ends go and whatever it started, and is told by
/// [`Signals::caught`]; the run then is over like any other.
pub fn run(invocation: &Invocation, signals: &Signals, held_back: &[&str]) -> Result<Ended> {
    let command = expression(invocation);
    if held_back.is_empty() {
        return wait(invocation, &command, signals);
    }
    let failed = |error| Error::io("run", &invocation.program, &error);
    let (reader, writer) = io::pipe().map_err(failed)?;
    let command = command.stderr_file(writer);
    thread::scope(|scope| {
        let forwarding = scope.spawn(|| forward(reader, io::stderr(), held_back));
        let ended = wait(invocation, &command, signals);
        // The expression holds the writing end; the reader sees the end only when the last one is closed.
        drop(command);
        let seen = forwarding.join().map_err(|_| Error::new("reading go's messages failed"))?;
        Ok(Ended { held_back: seen.map_err(failed)?, ..ended? })
    })
}

/// Runs go to its end and keeps what it writes to standard output; its messages pass through.
pub fn capture_stdout(invocation: &Invocation, signals: &Signals) -> Result<(Ended, String)> {
    let failed = |error| Error::io("run", &invocation.program, &error);
    let (mut reader, writer) = io::pipe().map_err(failed)?;
    let command = expression(invocation).stdin_null().stdout_file(writer);
    thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map(|_| bytes)
        });
        let ended = wait(invocation, &command, signals);
        drop(command);
        let bytes = reading.join().map_err(|_| Error::new("reading go's answer failed"))?.map_err(failed)?;
        Ok((ended?, String::from_utf8_lossy(&bytes).into_owned()))
    })
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
    Ok(Ended { status, held_back: false })
}

fn status(status: ExitStatus) -> Status {
    status.code().map_or_else(|| Status::Signal(status.signal().unwrap_or_default()), Status::Exit)
}
