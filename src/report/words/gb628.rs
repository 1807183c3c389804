//! GB628 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb628::BinaryStale;

pub(super) fn message(found: &BinaryStale) -> Message {
    let BinaryStale { path, revision, modified, head } = found;
    let changes = if *modified { ", with changes that were not committed" } else { "" };
    Message {
        title: format!("{path} was built from another commit than the one that is checked out"),
        evidence: vec![
            line(format!("{path} is from"), format!("{}{changes}", short(revision))),
            line("checked out", short(head)),
        ],
        production: None,
        cause: Some(format!("{path} is in the build context and is copied as it is")),
        help: vec![format!("build it in a stage, or rebuild it: gobuild -o {path}")],
    }
}

/// As git shortens a hash.
fn short(revision: &str) -> String {
    revision.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_short_and_changes_are_said() {
        let said = message(&BinaryStale {
            path: "app".to_owned(),
            revision: "0123456789abcdef".to_owned(),
            modified: true,
            head: "fedcba9876543210".to_owned(),
        });
        assert_eq!(
            said.evidence,
            [
                line("app is from", "0123456789ab, with changes that were not committed"),
                line("checked out", "fedcba987654")
            ]
        );
    }
}
