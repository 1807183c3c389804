//! A package that builds without its C half and then only says that it is missing. It shows before anything is
//! built: [`super::verdict::before_building`].

use super::words::{line, noted};
use super::{Build, Check, Details, Outcome, Severity, Stub, Subject};

pub(super) static CHECK: Check = Check {
    id: "GB501",
    name: "stub-without-c",
    severity: Severity::Error,
    summary: "a package is built without its C half and fails as soon as it is used",
    page: include_str!("../../docs/checks/GB501.md"),
    run,
};

fn run(subject: &Subject<'_>) -> Outcome {
    of_build(subject.build)
}

/// The answer from the plan alone.
pub(super) fn of_build(build: &Build) -> Outcome {
    let [first, ..] = &build.stubs[..] else { return Outcome::Fits };
    let evidence = build.stubs.iter().map(|stub| match &stub.chain[..] {
        [] | [_] => line("without its C half", stub.package.clone()),
        [importers @ .., _] => noted(
            "without its C half",
            stub.package.clone(),
            format!(
                "imported by {}",
                importers.iter().rev().cloned().collect::<Vec<_>>().join(", imported by ")
            ),
        ),
    });
    Outcome::Misfit(Details {
        title: format!("{} is only a stub in this build", first.package),
        evidence: evidence.collect(),
        production: Some(first.message.clone()),
        cause: build.cgo.as_ref().map(|cgo| format!("cgo is off: {}", cgo.origin)),
        help: help(first),
    })
}

fn help(stub: &Stub) -> Vec<String> {
    let mut help =
        vec!["leave the choice to gobuild: unset CGO_ENABLED, and cgo = \"auto\" in gobuild.toml".to_owned()];
    help.extend(stub.pure.as_ref().map(|pure| format!("or do without C: go get {pure}")));
    help
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::checks::{Policy, verdict::before_building};
    use crate::config::origin::Origin;

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

    #[test]
    fn a_build_without_one_fits() {
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn it_rejects_before_building_unless_it_is_allowed() {
        let build = case().build;
        assert!(!before_building(&build, &Policy::default()).accepted());
        let allowed = Policy::parse(&["GB501"], &[]).unwrap();
        assert!(before_building(&build, &allowed).accepted());
        assert!(before_building(&Build::default(), &Policy::default()).findings.is_empty());
    }
}
