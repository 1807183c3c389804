//! Findings in words: one file a check or rule, named after its id, and what several of them say alike.
//!
//! Words follow from the evidence and from nothing else. A title claims only what is known, and what production would
//! have shown is said of a pod alone.

mod cgo;
mod gb201;
mod gb208;
mod gb619;
mod shared;

use crate::diagnostics::{About, Evidence, Finding, Message};

/// What is said of a finding.
pub fn message(finding: &Finding) -> Message {
    of(&finding.evidence, &finding.about)
}

/// What is said of evidence about something.
pub(crate) fn of(evidence: &Evidence, about: &About) -> Message {
    match evidence {
        Evidence::LoaderMissing(found) => gb201::message(found, about),
        Evidence::Sanitizer(found) => gb208::message(found, about),
        Evidence::BinaryDoesNotFit(found) => gb619::message(found),
        Evidence::Told(message) => (**message).clone(),
    }
}
