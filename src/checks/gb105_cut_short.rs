//! A file that ends before its own headers say it does.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb105::CutShort;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB105, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(elf) = subject.binary.elf().filter(|_| is_cut(subject)) else { return Outcome::Fits };
    let extent = &elf.extent;
    Outcome::misfit(CutShort { size: subject.binary.size, promised: extent.end, part: extent.part.clone() })
}

/// Whether the file ends too early. What else is odd about such a file needs no explanation.
pub(super) fn is_cut(subject: &Subject<'_>) -> bool {
    subject.binary.elf().is_some_and(|elf| elf.extent.end > subject.binary.size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Format;
    use crate::checks::fixtures::{self as fix, Case, lines};

    #[test]
    fn a_whole_file_fits_with_or_without_bytes_behind_its_end() {
        let mut binary = fix::static_go();
        fix::elf_mut(&mut binary).extent.end = binary.size;
        Case::new(binary.clone()).fits(&CHECK);
        binary.size += 100;
        Case::new(binary).fits(&CHECK);
        Case::new(fix::of(Format::Empty)).fits(&CHECK);
    }

    #[test]
    fn one_missing_byte_does_not_fit() {
        let mut binary = fix::static_go();
        fix::elf_mut(&mut binary).extent.end = 4097;
        let details = Case::new(binary).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            ["rpc has 4096 bytes", "its headers promise 4097 bytes (the section header table)"]
        );
    }
}
