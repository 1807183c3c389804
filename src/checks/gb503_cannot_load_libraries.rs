//! A package that loads a C library when it runs, in a program that has no loader.

use super::{Check, Outcome, Subject};
use crate::binary::elf::Linkage;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb503::CannotLoadLibraries;
use crate::libraries::{LIBRARIES, Musl};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB503, run };

fn run(subject: &Subject<'_>) -> Outcome {
    // A build has said it in its plan.
    if !subject.thorough || subject.build.cgo.is_some() {
        return Outcome::Fits;
    }
    let (Some(traits), Some(elf)) = (subject.traits, subject.binary.elf()) else { return Outcome::Fits };
    let without_c = subject.binary.build_info().is_some_and(|info| info.setting("CGO_ENABLED") == Some("0"));
    if without_c || !matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie) {
        return Outcome::Fits;
    }
    let loading =
        LIBRARIES.iter().filter(|library| library.musl == Musl::Loads && traits.has_package(library));
    let packages: Vec<&str> = loading.map(|library| library.path).collect();
    if packages.is_empty() { Outcome::Fits } else { Outcome::misfit(CannotLoadLibraries { packages }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::origin::Origin;

    const PKCS11: &str = "github.com/miekg/pkcs11.";

    fn with_c() -> Case {
        Case::new(Binary { go: fix::go(&[("CGO_ENABLED", "1")]), ..fix::static_go() }).calling(&[PKCS11])
    }

    #[test]
    fn a_static_binary_cannot_load_what_the_package_loads() {
        let details = with_c().thorough().misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc has github.com/miekg/pkcs11 (its table of functions)");
    }

    #[test]
    fn a_dynamic_one_can_one_without_c_has_nothing_to_load_and_a_build_has_been_told() {
        Case::new(fix::glibc_go(&["libc.so.6"])).calling(&[PKCS11]).thorough().fits(&CHECK);
        Case::new(fix::static_go()).calling(&[PKCS11]).thorough().fits(&CHECK);
        with_c().fits(&CHECK);
        with_c().thorough().cgo(true, Origin::Default).fits(&CHECK);
    }

    #[test]
    fn where_nobody_looked_nothing_is_said_because_this_is_advice() {
        Case::new(fix::static_c()).thorough().fits(&CHECK);
    }
}
