//! GB104 in words.

use super::shared::{in_pod, line, noted, rebuild};
use crate::diagnostics::evidence::gb104::{Recorded, WrongVariant};
use crate::diagnostics::{About, Line, Message};

pub(super) fn message(found: &WrongVariant, about: &About) -> Message {
    let variable = found.variable;
    let Some(recorded) = &found.recorded else { return unrecorded(variable, about) };
    let anew = format!("leave {variable} to gobuild: unset {variable}, then {}", rebuild(about));
    if !recorded.too_high {
        return Message {
            title: "it is not known whether the platform's processors run this binary".to_owned(),
            evidence: evidence(variable, recorded, about),
            help: vec![anew, "if every machine has it: --allow GB104".to_owned()],
            ..Message::default()
        };
    }
    Message {
        title: "the binary is for a newer processor than the platform promises".to_owned(),
        evidence: evidence(variable, recorded, about),
        production: Some(production(recorded, about)),
        cause: Some(format!("{variable} was {} when it was built", recorded.value)),
        help: vec![anew, format!("or name the platform you mean: --platform {}", recorded.platform)],
    }
}

fn unrecorded(variable: &str, about: &About) -> Message {
    Message {
        title: "it is not known which processor variant this binary is for".to_owned(),
        evidence: vec![
            line(format!("{} records", about.file), format!("no {variable}")),
            line("the platform is", about.platform.as_str()),
        ],
        help: vec![
            format!("build it with a Go that records it (1.18 or newer): {}", rebuild(about)),
            "if it was compiled for this variant: --allow GB104".to_owned(),
        ],
        ..Message::default()
    }
}

fn evidence(variable: &str, recorded: &Recorded, about: &About) -> Vec<Line> {
    let value = format!("{variable}={}", recorded.value);
    vec![
        noted(format!("{} is for", about.file), value, "its build information"),
        Line {
            note: recorded.default.map(|default| format!("no variant: {variable}={default}")),
            ..line("the platform is", about.platform.as_str())
        },
    ]
}

/// What Go's runtime prints (`runtime/asm_amd64.s`, `runtime/os_linux_arm.go`).
fn production(recorded: &Recorded, about: &About) -> String {
    let level = recorded.value.split(',').next().unwrap_or(&recorded.value);
    match (recorded.arch.as_str(), level) {
        ("amd64", level) => format!(
            "This program can only be run on AMD64 processors with {level} microarchitecture support."
        ),
        ("arm", "7") => "runtime: this CPU has no VFPv3 floating point hardware, so it cannot run".to_owned(),
        ("arm", _) => "runtime: this CPU has no floating point hardware, so it cannot run".to_owned(),
        _ => format!("{}: Illegal instruction", in_pod(&about.file)),
    }
}
