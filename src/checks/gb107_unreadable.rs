//! A file that contradicts itself. What cannot be read cannot be proven.

use super::words::{line, rebuild};
use super::{Check, Outcome, Subject};
use crate::binary::GoInfo;
use crate::diagnostics::{Message, catalog};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB107, run };

/// More lines than this help nobody; the rest is counted.
const SHOWN: usize = 5;

fn run(subject: &Subject<'_>) -> Outcome {
    if super::gb105_cut_short::is_cut(subject) {
        return Outcome::Fits;
    }
    let mut troubles: Vec<String> =
        subject.binary.elf().map_or_else(Vec::new, |elf| elf.inconsistencies.clone());
    if let GoInfo::Malformed(text) = &subject.binary.go {
        troubles.push(format!("Go's build information: {text}"));
    }
    if troubles.is_empty() {
        return Outcome::Fits;
    }
    let label = format!("{} has", subject.name);
    let more = troubles.len().saturating_sub(SHOWN);
    let mut evidence: Vec<_> = troubles.into_iter().take(SHOWN).map(|text| line(&label, text)).collect();
    if more > 0 {
        evidence.push(line(&label, format!("{more} more contradictions")));
    }
    Outcome::cannot_tell(Message {
        title: "the file contradicts itself and cannot be verified".to_owned(),
        evidence,
        cause: Some("a packer, a damaged copy, or a tool that edited the file after the link".to_owned()),
        help: vec![format!("build it anew and leave it as go wrote it: {}", rebuild(subject))],
        ..Message::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn contradicting(count: usize) -> Binary {
        let mut binary = fix::static_go();
        let texts = (1..=count).map(|number| format!("segment {number} outside the file"));
        fix::elf_mut(&mut binary).inconsistencies = texts.collect();
        binary
    }

    #[test]
    fn a_consistent_file_fits_with_or_without_gos_record() {
        Case::new(fix::static_go()).fits(&CHECK);
        Case::new(fix::static_c()).fits(&CHECK);
    }

    #[test]
    fn a_contradiction_in_the_headers_or_in_gos_record_cannot_be_judged() {
        let details = Case::new(contradicting(1)).cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc has segment 1 outside the file"]);
        let malformed = Binary { go: GoInfo::Malformed("length 99 of 40".to_owned()), ..fix::static_go() };
        let details = Case::new(malformed).cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc has Go's build information: length 99 of 40"]);
    }

    #[test]
    fn many_contradictions_are_counted() {
        let details = Case::new(contradicting(8)).cannot_tell(&CHECK);
        assert_eq!(details.evidence.len(), 6);
        assert_eq!(details.evidence[5].value, "3 more contradictions");
    }

    #[test]
    fn a_cut_explains_them_and_is_said_elsewhere() {
        let mut binary = contradicting(1);
        fix::elf_mut(&mut binary).extent.end = binary.size + 1;
        Case::new(binary).fits(&CHECK);
    }
}
