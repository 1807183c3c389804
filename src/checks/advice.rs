//! What advice has in common: it follows from the functions that are linked in, and what nobody knows of the
//! image is silent in a build and shown to whoever asks for everything.

use super::{Outcome, Subject};
use crate::diagnostics::Evidence;
use crate::image::Fact;

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
    /// Whether it is known that the image lacks it.
    pub(super) fn is_known(self) -> bool {
        self == Self::Certain
    }

    /// The answer that belongs to it.
    pub(super) fn outcome(self, evidence: impl Into<Evidence>) -> Outcome {
        match self {
            Self::Certain => Outcome::misfit(evidence),
            Self::Unknown => Outcome::cannot_tell(evidence),
        }
    }
}
