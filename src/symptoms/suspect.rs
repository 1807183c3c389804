//! Which of the causes it is, with the file at hand.

use serde::Serialize;

use super::{Cause, sign};
use crate::binary::Binary;
use crate::checks::Verdict;

/// How a file speaks for a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Suspicion {
    /// It is this one.
    Yes,
    /// The file is of that kind, and more it cannot say.
    Possible,
    /// It is not this one.
    No,
    /// It takes an image (or better facts of it) to say.
    Unknown,
    /// No file shows it.
    Invisible,
}

/// Holds a cause against a file and the verdict on it. `image` is whether the verdict knew one.
pub fn suspect(cause: &Cause, binary: &Binary, verdict: &Verdict, image: bool) -> Suspicion {
    // What an image starts shows in the image, not in one file: `verify --image`.
    let checks: Vec<&str> = cause.checks.iter().copied().filter(|id| !id.starts_with("GB7")).collect();
    if checks.is_empty() && cause.signs.is_empty() {
        return Suspicion::Invisible;
    }
    let signs: Vec<Option<bool>> = cause.signs.iter().map(|sign| sign::holds(sign, binary)).collect();
    if signs.contains(&Some(false)) {
        return Suspicion::No;
    }
    if checks.is_empty() {
        return Suspicion::Possible;
    }
    let mut fired = verdict.findings.iter().filter(|finding| checks.contains(&finding.id()));
    match fired.next() {
        None if cause.image && !image => Suspicion::Unknown,
        None => Suspicion::No,
        Some(finding) if !finding.certain => Suspicion::Unknown,
        Some(_) if signs.contains(&None) => Suspicion::Possible,
        Some(_) => Suspicion::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::checks::verdict;
    use crate::diagnostics::Policy;
    use crate::symptoms::cause;

    fn said(name: &str, case: &Case) -> Suspicion {
        let verdict = verdict(&case.subject(), &Policy::default());
        suspect(cause(name).unwrap(), &case.binary, &verdict, case.image.is_some())
    }

    #[test]
    fn a_glibc_program_on_alpine_is_told_from_the_others_with_the_same_message() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine());
        assert_eq!(said("glibc-loader-missing", &case), Suspicion::Yes);
        for other in ["script-interpreter", "pie-loader", "race-build", "boringcrypto", "store-loader"] {
            assert_eq!(said(other, &case), Suspicion::No, "{other}");
        }
        let pie = Case::new(fix::pie_without_cgo()).image(fix::scratch());
        assert_eq!(said("pie-loader", &pie), Suspicion::Yes);
        assert_eq!(said("glibc-loader-missing", &pie), Suspicion::No);
    }

    #[test]
    fn a_musl_program_on_debian_is_no_glibc_program_on_alpine() {
        let musl = fix::dynamic_go("/lib/ld-musl-x86_64.so.1", &["libc.musl-x86_64.so.1"]);
        let case = Case::new(musl).image(fix::debian());
        assert_eq!(said("musl-loader-missing", &case), Suspicion::Yes);
        assert_eq!(said("glibc-loader-missing", &case), Suspicion::No);
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::alpine());
        assert_eq!(said("musl-loader-missing", &case), Suspicion::No);
    }

    #[test]
    fn without_an_image_or_its_facts_nobody_knows() {
        let alone = Case::new(fix::glibc_go(&["libc.so.6"]));
        assert_eq!(said("glibc-loader-missing", &alone), Suspicion::Unknown);
        let undescribed = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::undescribed());
        assert_eq!(said("glibc-loader-missing", &undescribed), Suspicion::Unknown);
        let fits = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::debian());
        assert_eq!(said("glibc-loader-missing", &fits), Suspicion::No);
    }

    #[test]
    fn what_no_check_sees_is_at_most_possible() {
        let case = Case::new(fix::glibc_go(&["libc.so.6"])).image(fix::debian());
        assert_eq!(said("clone3-forbidden", &case), Suspicion::Possible);
        assert_eq!(said("clone3-forbidden", &Case::new(fix::static_go())), Suspicion::No);
        assert_eq!(said("noexec-mount", &case), Suspicion::Invisible);
        assert_eq!(
            said("entrypoint-path", &case),
            Suspicion::Invisible,
            "an image shows it, a file does not"
        );
    }
}
