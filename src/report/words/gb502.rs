//! GB502 in words.

use super::foreign;
use super::shared::{line, rebuild};
use crate::diagnostics::evidence::gb502::{CHalfMissing, Lesser};
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CHalfMissing, about: &About) -> Message {
    let Some(first) = found.packages.first() else { return Message::default() };
    let lines = |lesser: &Lesser| {
        let mut lines = foreign::lines(&lesser.half, about);
        lines.push(line("without its C half", lesser.without));
        lines
    };
    Message {
        title: format!("{} is in this binary without its C half", first.half.package),
        evidence: found.packages.iter().flat_map(lines).collect(),
        production: None,
        cause: Some("cgo was off (CGO_ENABLED=0 in the binary's build information)".to_owned()),
        help: vec![format!("if that is needed, build it with its C half: {}", rebuild(about))],
    }
}
