//! What advice has in common: it follows from the functions that are linked in, and what nobody knows of the
//! image is silent in a build and shown to whoever asks for everything.

use super::words::{line, noted};
use super::{Outcome, Subject};
use crate::diagnostics::{Line, Message};
use crate::image::{Fact, Image};

/// Whether an image lacks something that a program looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// It does.
    Certain,
    /// Nobody knows, and the user wants to hear of it.
    Unknown,
}

/// None where the image has it, or where an unknown cell is no news.
pub(super) fn lack(subject: &Subject<'_>, there: Fact<bool>) -> Option<Lack> {
    match there {
        Fact::Known(true) => None,
        Fact::Known(false) => Some(Lack::Certain),
        Fact::Unknown => subject.thorough.then_some(Lack::Unknown),
    }
}

impl Lack {
    /// The answer that belongs to it.
    pub(super) fn outcome(self, details: Message) -> Outcome {
        match self {
            Self::Certain => Outcome::misfit(details),
            Self::Unknown => Outcome::cannot_tell(details),
        }
    }

    /// Two lines: which function is linked in, and what the image has instead of what it looks for.
    pub(super) fn evidence(
        self,
        subject: &Subject<'_>,
        image: &Image,
        function: &str,
        instead: &str,
    ) -> Vec<Line> {
        let there = match self {
            Self::Certain => line(format!("{} has", image.name), instead),
            Self::Unknown => line(format!("of {}", image.name), "it is not known"),
        };
        vec![noted(format!("{} calls", subject.name), function, "its table of functions"), there]
    }
}
