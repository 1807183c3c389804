//! `gobuild plan`: what would be run and why.

use crate::cli::{BuildArgs, Common, Process};
use crate::error::Result;
use crate::gocmd::signals::Signals;
use crate::report;
use crate::report::shell::Shell;

use super::build::jobs;
use super::session::Session;

/// Says what would be run, and why.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &BuildArgs, shell: &Shell) -> Result<()> {
    let session = Session::open(process, common, &args.line, shell)?;
    for (count, job) in jobs::jobs(&session, args, &Signals::none())?.iter().enumerate() {
        if shell.is_json() {
            shell.json(&report::plan::json(&job.view()));
            continue;
        }
        let gap = if count == 0 { "" } else { "\n" };
        let aside = job.aside.as_ref().map(|why| format!("# {why}\n")).unwrap_or_default();
        shell.result(&format!("{gap}{aside}{}", report::plan::human(&job.view())));
    }
    Ok(())
}
