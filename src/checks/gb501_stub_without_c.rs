//! A package that builds without its C half and then only says that it is missing. It shows before anything is
//! built ([`super::verdict::before_building`]), and in every finished file by the functions in it.

use super::foreign::{go_half, was_built_without_c};
use super::{Build, Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb501::{LinkedStub, StubWithoutC};
use crate::libraries::{LIBRARIES, Without};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB501, run };

fn run(subject: &Subject<'_>) -> Outcome {
    match of_build(subject.build) {
        Outcome::Fits => of_file(subject),
        misfit => misfit,
    }
}

/// The answer from a finished file, whoever built it.
fn of_file(subject: &Subject<'_>) -> Outcome {
    let stubs: Vec<LinkedStub> = LIBRARIES
        .iter()
        .filter_map(|library| match library.without {
            Without::Stub(message) => Some((library, message)),
            Without::Less(_) | Without::Broken => None,
        })
        .filter(|(library, _)| was_built_without_c(subject, library))
        .map(|(library, message)| LinkedStub { half: go_half(subject, library), message, pure: library.pure })
        .collect();
    if stubs.is_empty() {
        return Outcome::Fits;
    }
    let info = subject.binary.build_info();
    let recorded = info.is_some_and(|info| info.setting("CGO_ENABLED") == Some("0"));
    Outcome::misfit(StubWithoutC::Linked { stubs, recorded })
}

/// The answer from the plan alone.
pub(super) fn of_build(build: &Build) -> Outcome {
    if build.stubs.is_empty() {
        return Outcome::Fits;
    }
    let off = build.cgo.as_ref().map(|cgo| cgo.origin.clone());
    Outcome::misfit(StubWithoutC::Planned { stubs: build.stubs.clone(), off })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::checks::verdict::before_building;
    use crate::diagnostics::{About, Policy};
    use crate::origin::Origin;

    fn case() -> Case {
        let off = Case::new(fix::static_go()).cgo(false, Origin::Environment("CGO_ENABLED".to_owned()));
        off.stub()
    }

    #[test]
    fn a_stub_is_told_with_what_it_will_say_and_who_imports_it() {
        let details = case().misfit(&CHECK);
        assert_eq!(details.title, "github.com/mattn/go-sqlite3 is only a stub in this build");
        assert_eq!(
            lines(&details),
            ["without its C half github.com/mattn/go-sqlite3 (imported by example.com/rpc)"]
        );
        assert!(details.production.unwrap().ends_with("This is a stub"));
        assert_eq!(details.cause.unwrap(), "cgo is off: CGO_ENABLED in the environment");
    }

    const STUB: &str = "github.com/mattn/go-sqlite3.SQLiteDriver.Open";
    const PACKAGE: &str = "github.com/mattn/go-sqlite3.";

    #[test]
    fn a_finished_file_tells_by_the_stubs_own_function() {
        let details = Case::new(fix::static_go()).calling(&[STUB, PACKAGE]).misfit(&CHECK);
        assert_eq!(details.title, "github.com/mattn/go-sqlite3 is only a stub in this binary");
        assert_eq!(lines(&details)[0], format!("rpc calls {STUB} (its table of functions)"));
        assert!(details.cause.unwrap().starts_with("cgo was off"));
        // Whatever the record says, and where there is none.
        Case::new(fix::glibc_go(&[])).calling(&[STUB, PACKAGE]).misfit(&CHECK);
    }

    #[test]
    fn a_finished_file_tells_by_the_package_where_cgo_was_off() {
        let clipboard = "golang.design/x/clipboard.";
        let details = Case::new(fix::static_go()).calling(&[clipboard]).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "clipboard: cannot use when CGO_ENABLED=0");
        Case::new(fix::glibc_go(&[])).calling(&[clipboard]).fits(&CHECK);
        let mut windows = fix::static_go();
        windows.go = fix::go(&[("CGO_ENABLED", "0"), ("GOOS", "windows")]);
        Case::new(windows).calling(&[clipboard]).fits(&CHECK);
    }

    #[test]
    fn a_package_with_its_c_half_fits_and_so_does_a_file_that_nobody_looked_into() {
        Case::new(fix::glibc_go(&[])).calling(&[PACKAGE]).fits(&CHECK);
        Case::new(fix::static_go()).calling(&["github.com/mattn/go-sqlite3/upgrade."]).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn a_build_without_one_fits() {
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn it_rejects_before_building_unless_it_is_allowed() {
        let build = case().build;
        assert!(!before_building(&build, About::default(), &Policy::default()).accepted());
        let allowed = Policy::parse(&["GB501"], &[]).unwrap();
        assert!(before_building(&build, About::default(), &allowed).accepted());
        assert!(before_building(&Build::default(), About::default(), &Policy::default()).findings.is_empty());
    }
}
