//! What go says of its own, told as it comes.

use crate::gocmd::Listener;
use crate::report::{Event, Reporter};

/// Passes go's words on to the reporter.
pub(super) struct GoWords<'a>(pub(super) &'a dyn Reporter);

impl Listener for GoWords<'_> {
    fn said(&self, bytes: &[u8]) {
        self.0.event(&Event::Go(bytes));
    }
}
