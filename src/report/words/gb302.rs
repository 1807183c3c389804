//! GB302 in words.

use super::shared::{lacks, rebuild};
use crate::diagnostics::evidence::gb302::TimeZonesMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &TimeZonesMissing, about: &About) -> Message {
    Message {
        title: "the image has no time zones for this binary".to_owned(),
        evidence: lacks(about, found.function, found.known, "no zones in /usr/share/zoneinfo"),
        production: Some("unknown time zone Europe/Paris".to_owned()),
        cause: None,
        help: vec![format!("link them in, 450 KB: {} -tags=timetzdata", rebuild(about))],
    }
}
