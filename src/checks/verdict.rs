//! All checks on one binary, and what the user allowed or denied.

use super::{Build, CHECKS, Check, Outcome, Subject, gb501_stub_without_c};
use crate::binary::{Binary, Format, GoInfo};
use crate::diagnostics::{About, Finding, Policy};
use crate::image::Image;
use crate::image::start::Step;
use crate::platform::Platform;

/// Everything that was found in one binary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// In the order of the ids; one never hides another.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether the binary may be published.
    pub fn accepted(&self) -> bool {
        self.findings.iter().all(|finding| !finding.is_error())
    }
}

/// Runs every check. What a check cannot tell weighs as much as what it knows to be wrong.
pub fn verdict(subject: &Subject<'_>, policy: &Policy) -> Verdict {
    Verdict { findings: asked(CHECKS.iter().copied(), subject, policy) }
}

/// What shows before anything is built. A build that is accepted here is judged once more when there is a file,
/// with all checks.
pub fn before_building(build: &Build, about: About, policy: &Policy) -> Verdict {
    let outcome = gb501_stub_without_c::of_build(build);
    let found = finding(&gb501_stub_without_c::CHECK, outcome, || about, policy);
    Verdict { findings: found.into_iter().collect() }
}

/// The verdict on a step of an image's start that leads to no program: the checks of starts alone.
pub fn of_start(step: &Step, image: &Image, platform: &Platform, policy: &Policy) -> Verdict {
    let subject = Subject {
        name: &step.word,
        // None of these checks looks at a file's content.
        binary: &Binary { size: 0, format: Format::Empty, go: GoInfo::Absent },
        mode: None,
        platform,
        image: Some(image),
        build: &Build::default(),
        place: None,
        symbols: None,
        traits: None,
        start: Some(step),
        thorough: true,
    };
    let of_starts = CHECKS.iter().copied().filter(|check| check.diagnostic.id.starts_with("GB7"));
    Verdict { findings: asked(of_starts, &subject, policy) }
}

/// What these checks find.
fn asked(
    checks: impl Iterator<Item = &'static Check>,
    subject: &Subject<'_>,
    policy: &Policy,
) -> Vec<Finding> {
    checks.filter_map(|check| finding(check, (check.run)(subject), || subject.about(), policy)).collect()
}

fn finding(
    check: &Check,
    outcome: Outcome,
    about: impl FnOnce() -> About,
    policy: &Policy,
) -> Option<Finding> {
    let (certain, evidence) = match outcome {
        Outcome::Fits => return None,
        Outcome::Misfit(evidence) => (true, evidence),
        Outcome::CannotTell(evidence) => (false, evidence),
    };
    let diagnostic = check.diagnostic;
    let severity = policy.severity(diagnostic, diagnostic.severity);
    let allowed = severity < diagnostic.severity;
    Some(Finding { diagnostic, severity, allowed, certain, span: None, about: about(), evidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::diagnostics::Severity;

    fn found(case: &Case, policy: &Policy) -> (Vec<&'static str>, bool) {
        let verdict = verdict(&case.subject(), policy);
        (verdict.findings.iter().map(Finding::id).collect(), verdict.accepted())
    }

    #[test]
    fn a_static_binary_is_accepted_by_an_image_that_nobody_has_heard_of() {
        let case = Case::new(fix::static_go()).image(fix::undescribed());
        assert_eq!(found(&case, &Policy::default()), (vec![], true));
    }

    #[test]
    fn one_finding_never_hides_another() {
        let mut binary = fix::glibc_go(&["libstdc++.so.6", "libc.so.6"]);
        fix::elf_mut(&mut binary).extent.end = binary.size + 1;
        let case = Case::new(binary).image(fix::alpine()).platform("linux/arm64").mode(0o644);
        let (ids, accepted) = found(&case, &Policy::default());
        assert_eq!(ids, ["GB103", "GB105", "GB106", "GB201", "GB202"]);
        assert!(!accepted);
    }

    #[test]
    fn what_cannot_be_told_rejects() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::undescribed());
        let verdict = verdict(&case.subject(), &Policy::default());
        assert!(!verdict.accepted());
        assert!(verdict.findings.iter().all(|finding| !finding.certain), "{verdict:?}");
    }

    #[test]
    fn allow_turns_an_error_into_a_warning_and_deny_the_other_way_round() {
        let missing = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine());
        let allow = Policy::parse(&["loader-missing"], &[]).unwrap();
        let verdict_allowed = verdict(&missing.subject(), &allow);
        assert!(verdict_allowed.accepted());
        let finding = &verdict_allowed.findings[0];
        assert_eq!((finding.severity, finding.allowed), (Severity::Warning, true));

        let mut image = fix::debian();
        image.amd64_level = crate::image::Fact::Known(2);
        let advice = Case::new(fix::glibc_go(&["libc.so.6"])).image(image);
        assert_eq!(found(&advice, &Policy::default()), (vec!["GB204"], true));
        let deny = Policy::parse(&[], &["gb204"]).unwrap();
        assert_eq!(found(&advice, &deny), (vec!["GB204"], false));
    }
}
