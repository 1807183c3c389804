//! GB109 in words.

use super::shared::{in_pod, line, noted, rebuild};
use crate::diagnostics::evidence::gb109::CCodeTooNew;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CCodeTooNew, about: &About) -> Message {
    let (demanded, witness, promised, by_loader) = match found {
        CCodeTooNew::UnknownArm { tag } => return unknown(*tag, about),
        CCodeTooNew::Amd64 { demanded, promised, dynamic } => (
            format!("x86-64-v{demanded}"),
            "GNU_PROPERTY_X86_ISA_1_NEEDED",
            format!("x86-64-v{promised}"),
            *dynamic,
        ),
        CCodeTooNew::Arm { demanded, promised } => {
            (format!("ARMv{demanded}"), ".ARM.attributes", format!("ARMv{promised}"), false)
        }
    };
    let reads = if by_loader { "CPU ISA level is lower than required" } else { "Illegal instruction" };
    Message {
        title: "the C code is for a newer processor than the platform promises".to_owned(),
        evidence: vec![
            noted(format!("{} demands", about.file), demanded, witness),
            noted("the platform is", about.platform.as_str(), promised),
        ],
        production: Some(format!("{}: {reads}", in_pod(&about.file))),
        cause: None,
        help: vec![
            format!("leave -march, -mcpu and -z out of CGO_CFLAGS and CGO_LDFLAGS: {}", rebuild(about)),
            "if every machine is new enough: --allow GB109".to_owned(),
        ],
    }
}

fn unknown(tag: u8, about: &About) -> Message {
    Message {
        title: "it is not known which processor the C code is for".to_owned(),
        evidence: vec![
            noted(format!("{} demands", about.file), format!("Tag_CPU_arch {tag}"), ".ARM.attributes"),
            line("the platform is", about.platform.as_str()),
        ],
        help: vec!["if they were compiled for this platform: --allow GB109".to_owned()],
        ..Message::default()
    }
}
