//! All checks on one binary, and what the user allowed or denied.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Build, CHECKS, Check, Details, Outcome, Severity, Subject, find, gb501_stub_without_c};
use crate::binary::{Binary, Format, GoInfo};
use crate::error::{Error, Result};
use crate::image::Image;
use crate::image::start::Step;
use crate::platform::Platform;

/// What the user said of single checks: `--allow GB104`, `--deny amd64-level`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Policy {
    /// Ids whose errors are only said.
    pub allow: BTreeSet<&'static str>,
    /// Ids whose warnings reject.
    pub deny: BTreeSet<&'static str>,
}

impl Policy {
    /// Reads ids and names as the user wrote them, in any case.
    ///
    /// # Errors
    /// A word that no check is called by (with the nearest one), or a check in both lists.
    pub fn parse<S: AsRef<str>>(allow: &[S], deny: &[S]) -> Result<Self> {
        Self::parse_with(allow, deny, &[])
    }

    /// The same, with ids and names that others than the checks have: the rules of the linter.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_with<S: AsRef<str>>(
        allow: &[S],
        deny: &[S],
        others: &[(&'static str, &'static str)],
    ) -> Result<Self> {
        let id = |word: &S| -> Result<&'static str> {
            let word = word.as_ref().trim();
            let named =
                |(id, name): &&(&str, &str)| id.eq_ignore_ascii_case(word) || name.eq_ignore_ascii_case(word);
            match others.iter().find(named) {
                Some((id, _)) => Ok(*id),
                None => find(word).map(|check| check.id),
            }
        };
        let ids = |words: &[S]| -> Result<BTreeSet<&'static str>> { words.iter().map(id).collect() };
        let policy = Self { allow: ids(allow)?, deny: ids(deny)? };
        match policy.allow.intersection(&policy.deny).next() {
            Some(both) => Err(Error::new(format!("{both} is both allowed and denied"))
                .help(format!("leave one of them out: --allow {both} or --deny {both}"))),
            None => Ok(policy),
        }
    }

    fn severity(&self, check: &Check) -> Severity {
        match check.severity {
            Severity::Error if self.allow.contains(check.id) => Severity::Warning,
            Severity::Warning if self.deny.contains(check.id) => Severity::Error,
            severity => severity,
        }
    }
}

/// One check that fired on one binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `GB201`
    pub id: &'static str,
    /// `loader-missing`
    pub name: &'static str,
    /// After allow and deny.
    pub severity: Severity,
    /// Whether it is an error by itself and the user allowed it.
    pub allowed: bool,
    /// False where the facts that the check needs are not known.
    pub certain: bool,
    /// The evidence and the way out.
    #[serde(flatten)]
    pub details: Details,
}

/// Everything that was found in one binary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// In the order of the ids; one never hides another.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether the binary may be handed on.
    pub fn accepted(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// Runs every check. What a check cannot tell weighs as much as what it knows to be wrong.
pub fn verdict(subject: &Subject<'_>, policy: &Policy) -> Verdict {
    let findings = CHECKS.iter().filter_map(|check| finding(check, (check.run)(subject), policy));
    Verdict { findings: findings.collect() }
}

/// What shows before anything is built. A build that is accepted here is judged once more when there is a file,
/// with all checks.
pub fn before_building(build: &Build, policy: &Policy) -> Verdict {
    let outcome = gb501_stub_without_c::of_build(build);
    Verdict { findings: finding(&gb501_stub_without_c::CHECK, outcome, policy).into_iter().collect() }
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
    let checks = CHECKS.iter().filter(|check| check.id.starts_with("GB7"));
    let findings = checks.filter_map(|check| finding(check, (check.run)(&subject), policy));
    Verdict { findings: findings.collect() }
}

fn finding(check: &Check, outcome: Outcome, policy: &Policy) -> Option<Finding> {
    let (certain, details) = match outcome {
        Outcome::Fits => return None,
        Outcome::Misfit(details) => (true, details),
        Outcome::CannotTell(details) => (false, details),
    };
    let severity = policy.severity(check);
    let allowed = severity < check.severity;
    Some(Finding { id: check.id, name: check.name, severity, allowed, certain, details })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};

    fn found(case: &Case, policy: &Policy) -> (Vec<&'static str>, bool) {
        let verdict = verdict(&case.subject(), policy);
        (verdict.findings.iter().map(|finding| finding.id).collect(), verdict.accepted())
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

    #[test]
    fn a_policy_with_an_unknown_word_or_a_contradiction_is_an_error() {
        let error = Policy::parse(&["GB2O1"], &[]).unwrap_err();
        assert_eq!(error.help, ["did you mean `GB201`?"]);
        let error = Policy::parse(&["GB201"], &["loader-missing"]).unwrap_err();
        assert_eq!(error.message, "GB201 is both allowed and denied");
    }
}
