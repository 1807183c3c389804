//! `gobuild plan`: what would be run and why.

use crate::cli::{BuildArgs, Common, Process};
use crate::error::Result;
use crate::gocmd::signals::Signals;
use crate::report::event::Planned;
use crate::report::{Event, Reporter};

use super::build::jobs;
use super::session::Session;

/// Says what would be run, and why.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &BuildArgs, reporter: &dyn Reporter) -> Result<()> {
    let session = Session::open(process, common, &args.line, reporter)?;
    let signals = Signals::none();
    for (count, job) in jobs::jobs(&session, args, session.console(&signals))?.iter().enumerate() {
        let aside = job.aside.as_deref();
        reporter.event(&Event::Plan(&Planned { view: &job.view(), aside, first: count == 0 }));
    }
    Ok(())
}
