//! glibc that is linked in statically still loads its name services from files, of the very same build.

use super::{Check, Outcome, Subject};
use crate::binary::elf::Linkage;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb207::StaticNss;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB207, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let is_static =
        subject.binary.elf().is_some_and(|elf| matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie));
    if !is_static || subject.traits.and_then(|traits| traits.names_nss_modules) != Some(true) {
        return Outcome::Fits;
    }
    Outcome::misfit(StaticNss {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::Traits;
    use crate::checks::fixtures::{self as fix, Case};

    fn case(binary: Binary, names_nss_modules: Option<bool>) -> Case {
        Case::new(binary).traits(Traits { names_nss_modules, ..Traits::default() })
    }

    #[test]
    fn a_static_binary_without_name_services_fits_and_so_does_a_dynamic_one() {
        case(fix::static_go(), Some(false)).fits(&CHECK);
        case(fix::glibc_go(&["libc.so.6"]), Some(true)).fits(&CHECK);
    }

    #[test]
    fn a_static_binary_with_them_is_told() {
        let details = case(fix::static_go(), Some(true)).misfit(&CHECK);
        assert!(details.help[0].ends_with("-tags=netgo,osusergo"), "{:?}", details.help);
    }

    #[test]
    fn where_nobody_looked_nothing_is_said_because_this_is_advice() {
        case(fix::static_go(), None).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }
}
