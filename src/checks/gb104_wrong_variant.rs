//! Code for a newer processor than the platform promises. The headers carry nothing of it: Go's own record
//! of the build is the only witness.

use super::variant::{self, Answer};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb104::{Recorded, WrongVariant};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB104, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let platform = subject.platform;
    let Some(variable) = platform.variant_variable().filter(|variable| *variable != "GOWASM") else {
        return Outcome::Fits;
    };
    let info = subject.binary.build_info();
    let recorded = |key| info.and_then(|info| info.setting(key));
    if subject.binary.elf().is_none() || recorded("GOARCH").is_some_and(|arch| arch != platform.arch) {
        // Nothing of this architecture: GB101, GB102 or GB103.
        return Outcome::Fits;
    }
    let Some(value) = recorded(variable) else { return unrecorded(subject, variable) };
    let found = |too_high| WrongVariant {
        variable,
        recorded: Some(Recorded {
            value: value.to_owned(),
            too_high,
            default: variant::default(&platform.arch).filter(|_| platform.variant.is_none()),
            arch: platform.arch.clone(),
            platform: platform.with_variant_value(value).unwrap_or_else(|_| platform.clone()).to_string(),
        }),
    };
    match variant::answer(platform, value) {
        Answer::Satisfied => Outcome::Fits,
        Answer::TooHigh => Outcome::misfit(found(true)),
        Answer::Unknown => Outcome::cannot_tell(found(false)),
    }
}

/// No record. Without a written variant nothing was asked for that could be missed.
fn unrecorded(subject: &Subject<'_>, variable: &'static str) -> Outcome {
    if subject.platform.variant.is_none() || variant::is_highest(subject.platform) {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(WrongVariant { variable, recorded: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::{Binary, GoInfo};
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn recorded(arch: &str, variable: &str, value: &str) -> Binary {
        Binary { go: fix::go(&[("GOARCH", arch), (variable, value)]), ..fix::static_go() }
    }

    #[test]
    fn code_for_the_platforms_own_variant_fits() {
        Case::new(fix::static_go()).fits(&CHECK);
        Case::new(recorded("amd64", "GOAMD64", "v3")).platform("linux/amd64/v3").fits(&CHECK);
        Case::new(recorded("arm", "GOARM", "6")).platform("linux/arm/v7").fits(&CHECK);
        Case::new(recorded("s390x", "GOAMD64", "v3")).platform("linux/s390x").fits(&CHECK);
    }

    #[test]
    fn code_for_a_newer_processor_does_not() {
        let details = Case::new(recorded("amd64", "GOAMD64", "v3")).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                "rpc is for GOAMD64=v3 (its build information)",
                "the platform is linux/amd64 (no variant: GOAMD64=v1)",
            ]
        );
        assert_eq!(
            details.production.unwrap(),
            "This program can only be run on AMD64 processors with v3 microarchitecture support."
        );
        assert_eq!(details.help[1], "or name the platform you mean: --platform linux/amd64/v3");

        let details = Case::new(recorded("arm", "GOARM", "7")).platform("linux/arm/v6").misfit(&CHECK);
        assert!(details.production.unwrap().contains("no VFPv3"));
        let details =
            Case::new(recorded("riscv64", "GORISCV64", "rva23u64")).platform("linux/riscv64").misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "/app/rpc: Illegal instruction");
    }

    #[test]
    fn a_value_that_says_nothing_of_the_platform_cannot_be_judged() {
        Case::new(recorded("amd64", "GOAMD64", "v2x")).cannot_tell(&CHECK);
        let crypto = Case::new(recorded("arm64", "GOARM64", "v8.0,crypto")).platform("linux/arm64");
        assert!(crypto.cannot_tell(&CHECK).help[1].contains("--allow GB104"));
    }

    #[test]
    fn without_a_record_only_a_written_variant_is_a_question() {
        Case::new(fix::static_c()).fits(&CHECK);
        Case::new(fix::static_c()).platform("linux/amd64/v4").fits(&CHECK);
        let details = Case::new(fix::static_c()).platform("linux/amd64/v2").cannot_tell(&CHECK);
        assert_eq!(lines(&details), ["rpc records no GOAMD64", "the platform is linux/amd64/v2"]);
        let malformed = Binary { go: GoInfo::Malformed("no version".to_owned()), ..fix::static_go() };
        Case::new(malformed).platform("linux/arm/v6").cannot_tell(&CHECK);
    }
}
