//! Code for a newer processor than the platform promises. The headers carry nothing of it: Go's own record
//! of the build is the only witness.

use super::variant::{self, Answer};
use super::words::{in_pod, line, noted, rebuild};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Line, Message, catalog};

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
    match variant::answer(platform, value) {
        Answer::Satisfied => Outcome::Fits,
        Answer::TooHigh => Outcome::misfit(Message {
            title: "the binary is for a newer processor than the platform promises".to_owned(),
            evidence: evidence(subject, variable, value),
            production: Some(production(subject, value)),
            cause: Some(format!("{variable} was {value} when it was built")),
            help: vec![
                format!("leave {variable} to gobuild: unset {variable}, then {}", rebuild(subject)),
                format!("or name the platform that is meant: {}", higher(subject, value)),
            ],
        }),
        Answer::Unknown => Outcome::cannot_tell(Message {
            title: "it is not known whether the platform's processors run this binary".to_owned(),
            evidence: evidence(subject, variable, value),
            help: vec![
                format!("leave {variable} to gobuild: unset {variable}, then {}", rebuild(subject)),
                "if every machine has it: --allow GB104".to_owned(),
            ],
            ..Message::default()
        }),
    }
}

/// No record. Without a written variant nothing was asked for that could be missed.
fn unrecorded(subject: &Subject<'_>, variable: &str) -> Outcome {
    if subject.platform.variant.is_none() || variant::is_highest(subject.platform) {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(Message {
        title: "it is not known which variant of the processor this binary is for".to_owned(),
        evidence: vec![
            line(format!("{} records", subject.name), format!("no {variable}")),
            line("the platform is", subject.platform.to_string()),
        ],
        help: vec![
            format!("build it with a Go that records it (1.18 or newer): {}", rebuild(subject)),
            "if it was compiled for this variant: --allow GB104".to_owned(),
        ],
        ..Message::default()
    })
}

fn evidence(subject: &Subject<'_>, variable: &str, value: &str) -> Vec<Line> {
    let platform = subject.platform;
    let default = variant::default(&platform.arch).filter(|_| platform.variant.is_none());
    vec![
        noted(format!("{} is for", subject.name), format!("{variable}={value}"), "its build information"),
        Line {
            note: default.map(|default| format!("no variant: {variable}={default}")),
            ..line("the platform is", platform.to_string())
        },
    ]
}

fn higher(subject: &Subject<'_>, value: &str) -> String {
    let platform = subject.platform.with_variant_value(value).unwrap_or_else(|_| subject.platform.clone());
    format!("--platform {platform}")
}

fn production(subject: &Subject<'_>, value: &str) -> String {
    let level = value.split(',').next().unwrap_or(value);
    match (subject.platform.arch.as_str(), level) {
        ("amd64", level) => format!(
            "This program can only be run on AMD64 processors with {level} microarchitecture support."
        ),
        ("arm", "7") => "runtime: this CPU has no VFPv3 floating point hardware, so it cannot run".to_owned(),
        ("arm", _) => "runtime: this CPU has no floating point hardware, so it cannot run".to_owned(),
        _ => format!("{}: Illegal instruction", in_pod(subject.name)),
    }
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
        assert_eq!(details.help[1], "or name the platform that is meant: --platform linux/amd64/v3");

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
