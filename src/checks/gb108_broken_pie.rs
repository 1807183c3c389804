//! A file without a loader that cannot do without one.

use super::{Check, Outcome, Subject};
use crate::binary::elf::{Elf, Linkage};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb108::BrokenPie;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB108, run };

fn run(subject: &Subject<'_>) -> Outcome {
    match subject.binary.elf() {
        Some(elf) if elf.linkage() == Linkage::Broken => broken(subject, elf),
        _ => Outcome::Fits,
    }
}

fn broken(subject: &Subject<'_>, elf: &Elf) -> Outcome {
    let recorded = |key| subject.binary.build_info().and_then(|info| info.setting(key));
    Outcome::misfit(BrokenPie {
        needed: elf.dynamic.as_ref().map_or_else(Vec::new, |dynamic| dynamic.needed.clone()),
        dynamic: elf.dynamic.is_some(),
        pie: subject.build.mode == "pie" || recorded("-buildmode") == Some("pie"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::binary::elf::DF_1_PIE;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn without_loader() -> Binary {
        let mut binary = fix::pie_without_cgo();
        fix::elf_mut(&mut binary).interpreter = None;
        binary
    }

    #[test]
    fn a_static_pie_that_relocates_itself_fits_and_so_do_all_the_others() {
        let static_pie = without_loader();
        assert_eq!(static_pie.elf().unwrap().linkage(), Linkage::StaticPie);
        Case::new(static_pie).fits(&CHECK);
        for binary in
            [fix::static_go(), fix::glibc_go(&["libc.so.6"]), fix::c_shared(&[]), fix::pie_without_cgo()]
        {
            Case::new(binary).fits(&CHECK);
        }
    }

    #[test]
    fn a_pie_without_a_dynamic_section_does_not_fit() {
        let mut binary = without_loader();
        fix::elf_mut(&mut binary).dynamic = None;
        let details = Case::new(binary).misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc lacks the dynamic section of a position independent program");
        assert_eq!(details.cause.unwrap(), "-buildmode=pie and -d in -ldflags leave nothing to relocate it");
        assert_eq!(
            details.help,
            ["leave -d out of -ldflags, or build no PIE: gobuild --platform linux/amd64 -buildmode=exe"]
        );
    }

    #[test]
    fn relocations_that_are_missing_and_libraries_without_a_loader_do_not_fit() {
        let mut binary = without_loader();
        fix::dynamic_mut(&mut binary).relocations = false;
        assert!(lines(&Case::new(binary).misfit(&CHECK))[0].contains("relocations"));

        let mut binary = fix::glibc_go(&["libc.so.6"]);
        fix::elf_mut(&mut binary).interpreter = None;
        fix::dynamic_mut(&mut binary).flags_1 = DF_1_PIE;
        let details = Case::new(binary).misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc needs libc.so.6 (and names no loader)");
        assert_eq!(details.cause, None);
    }
}
