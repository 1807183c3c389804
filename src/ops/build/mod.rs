//! `gobuild build`: plan, run, prove, publish; and nothing but the order of these steps.

pub(super) mod jobs;
mod publish;
mod refuse;
mod run;

use std::collections::BTreeSet;

use crate::cli::{BuildArgs, Common, Process};
use crate::error::{Error, Result, status};
use crate::gocmd::Status;
use crate::gocmd::signals::Signals;
use crate::report::{Event, Reporter};

use super::Ended;
use super::session::Session;

/// At most this much stays in the cache, in bytes.
const KEPT: u64 = 10 * 1024 * 1024 * 1024;

/// How one job ended.
enum Outcome {
    /// go built it, everything was accepted, and it is where the user wants it.
    Accepted,
    /// At least one file was rejected.
    Rejected,
    /// go failed.
    Go(Status),
    /// A signal came.
    Interrupted(i32),
}

/// Builds for every target and platform, proves what go made, and publishes what fits.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &BuildArgs, reporter: &dyn Reporter) -> Result<Ended> {
    let signals = Signals::install()?;
    match steps(process, common, args, reporter, &signals) {
        // What failed because a signal ended it is not the user's problem to read of.
        Err(error) => signals.caught().map_or(Err(error), |signal| Ok(Ended::Signal(signal))),
        ended => ended,
    }
}

fn steps(
    process: &Process,
    common: &Common,
    args: &BuildArgs,
    reporter: &dyn Reporter,
    signals: &Signals,
) -> Result<Ended> {
    let session = Session::open(process, common, &args.line, reporter)?;
    let console = session.console(signals);
    let jobs = jobs::jobs(&session, args, console)?;
    let (mut ended, mut failed) = (status::ACCEPTED, None);
    let mut said = BTreeSet::new();
    for job in &jobs {
        for note in job.plan.notes.iter().filter(|note| said.insert(*note)) {
            reporter.note(note);
        }
        match run::run(&session, job, console)? {
            Outcome::Accepted => {}
            Outcome::Rejected => ended = status::REJECTED,
            Outcome::Go(Status::Exit(code)) => {
                // What does not compile for one platform may for the next: C code, constants of 32 bits.
                failed = failed.or_else(|| Some(u8::try_from(code).unwrap_or(1)));
                if jobs.len() > 1 {
                    reporter.event(&Event::Error(&not_built(job)));
                }
            }
            Outcome::Go(Status::Signal(signal)) | Outcome::Interrupted(signal) => {
                return Ok(Ended::Signal(signal));
            }
        }
    }
    session.cache.trim(KEPT);
    let ended = failed.unwrap_or(ended);
    reporter.event(&Event::Finished(ended));
    Ok(Ended::Exit(ended))
}

/// Which of several it is that go failed on; why stands above, in go's words.
fn not_built(job: &jobs::Job) -> Error {
    let place = job.platform.as_ref().map_or_else(String::new, |platform| format!(" on {}", platform.value));
    match job.image() {
        Some(image) => Error::new(format!("nothing was built for {}{place}: go failed", image.name)),
        None => Error::new(format!("nothing was built{place}: go failed")),
    }
}
