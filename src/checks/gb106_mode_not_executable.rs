//! A program that nobody may start.

use super::{Check, Outcome, Subject};
use crate::binary::elf::Linkage;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb106::ModeNotExecutable;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB106, run };

fn run(subject: &Subject<'_>) -> Outcome {
    // What is no program stays none with another mode: GB101.
    let program = subject.binary.elf().is_some_and(|elf| {
        matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie | Linkage::Dynamic | Linkage::Broken)
    });
    let Some(bits) = subject.mode.filter(|bits| bits & 0o111 == 0) else { return Outcome::Fits };
    if !program || subject.expects_library() || subject.platform.os == "windows" {
        return Outcome::Fits;
    }
    Outcome::misfit(ModeNotExecutable { mode: bits & 0o7777 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Format;
    use crate::checks::fixtures::{self as fix, Case, lines};

    #[test]
    fn one_bit_for_anybody_fits_and_so_does_a_file_system_without_bits() {
        for bits in [0o755, 0o700, 0o711, 0o001] {
            Case::new(fix::static_go()).mode(bits).fits(&CHECK);
        }
        Case { mode: None, ..Case::new(fix::static_go()) }.fits(&CHECK);
    }

    #[test]
    fn no_bit_at_all_does_not_fit() {
        let details = Case::new(fix::static_go()).mode(0o100_644).misfit(&CHECK);
        assert_eq!(lines(&details), ["rpc has mode 0644"]);
        assert_eq!(details.production.unwrap(), "exec: \"/app/rpc\": permission denied: unknown");
    }

    #[test]
    fn what_is_loaded_or_is_no_program_needs_no_bit() {
        Case::new(fix::c_shared(&[])).mode(0o644).fits(&CHECK);
        Case::new(fix::of(Format::Archive)).mode(0o644).fits(&CHECK);
    }
}
