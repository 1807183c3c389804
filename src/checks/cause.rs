//! What several checks give as the cause: that cgo was on, and who said so.

use super::Subject;
use crate::diagnostics::evidence::{Cgo, Unset};
use crate::origin::Origin;

/// Why a file came out linked with a C library; none where it was not cgo.
pub(super) fn cgo_cause(subject: &Subject<'_>) -> Option<Cgo> {
    let Some(cgo) = &subject.build.cgo else {
        let on = subject.binary.build_info()?.setting("CGO_ENABLED")? == "1";
        return on.then_some(Cgo::Recorded);
    };
    cgo.value.then(|| Cgo::Planned { from: cgo.origin.clone(), compiler: subject.build.cc.clone() })
}

/// What the user would have to unset to leave the choice to gobuild.
pub(super) fn unset(subject: &Subject<'_>) -> Unset {
    let typed = |origin: &Origin| matches!(origin, Origin::Environment(_));
    let cgo = subject.build.cgo.as_ref().is_some_and(|cgo| typed(&cgo.origin));
    let cc = subject.build.cc.as_ref().is_some_and(|cc| typed(&cc.origin));
    match (cgo, cc) {
        (true, true) => Unset::Both,
        (true, false) => Unset::CgoEnabled,
        (false, true) => Unset::Cc,
        (false, false) => Unset::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};

    #[test]
    fn without_a_plan_gos_own_record_is_the_cause_and_without_either_there_is_none() {
        let recorded = Case::new(fix::glibc_go(&[]));
        assert_eq!(cgo_cause(&recorded.subject()), Some(Cgo::Recorded));
        assert_eq!(cgo_cause(&Case::new(fix::static_go()).subject()), None);
        assert_eq!(cgo_cause(&Case::new(fix::static_c()).subject()), None);
        let off = Case::new(fix::glibc_go(&[])).cgo(false, Origin::Default);
        assert_eq!(cgo_cause(&off.subject()), None);
    }

    #[test]
    fn only_what_stands_in_the_environment_can_be_unset() {
        let environment = |name: &str| Origin::Environment(name.to_owned());
        let case = || Case::new(fix::glibc_go(&[]));
        let both = case().cgo(true, environment("CGO_ENABLED")).cc("gcc", environment("CC"));
        assert_eq!(unset(&both.subject()), Unset::Both);
        assert_eq!(unset(&case().cgo(true, environment("CGO_ENABLED")).subject()), Unset::CgoEnabled);
        assert_eq!(
            unset(&case().cgo(true, Origin::Default).cc("gcc", environment("CC")).subject()),
            Unset::Cc
        );
        assert_eq!(unset(&case().subject()), Unset::Nothing);
    }
}
