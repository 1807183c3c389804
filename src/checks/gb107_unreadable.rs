//! A file that contradicts itself. What cannot be read cannot be proven.

use super::{Check, Outcome, Subject};
use crate::binary::GoInfo;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb107::Unreadable;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB107, run };

fn run(subject: &Subject<'_>) -> Outcome {
    if super::gb105_cut_short::is_cut(subject) {
        return Outcome::Fits;
    }
    let contradictions = subject.binary.elf().map_or_else(Vec::new, |elf| elf.inconsistencies.clone());
    let build_info = match &subject.binary.go {
        GoInfo::Malformed(text) => Some(text.clone()),
        _ => None,
    };
    if contradictions.is_empty() && build_info.is_none() {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(Unreadable { contradictions, build_info })
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
