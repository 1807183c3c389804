//! What go would refuse, before it is asked.

use super::Outcome;
use crate::gocmd::Status;
use crate::ops::session::Session;
use crate::report::Event;
use crate::staging::refusal::Refusal;

/// In go's words and with go's status, so that nothing that reads them has to learn others.
pub(super) fn refuse(session: &Session<'_>, refusal: &Refusal) -> Outcome {
    session.reporter.event(&Event::Go(format!("{}\n", refusal.0).as_bytes()));
    Outcome::Go(Status::Exit(1))
}
