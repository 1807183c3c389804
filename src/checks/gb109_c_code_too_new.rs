//! C parts for a newer processor than the platform promises. Go's own record (GB104) says nothing of them:
//! their compiler left a note of its own.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb109::CCodeTooNew;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB109, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(traits) = subject.traits.filter(|_| subject.binary.elf().is_some()) else {
        return Outcome::Fits;
    };
    match (subject.platform.arch.as_str(), traits.isa_level, traits.arm) {
        ("amd64", Some(demanded), _) if demanded > amd64(subject) => {
            let dynamic = subject.binary.elf().is_some_and(|elf| elf.interpreter.is_some());
            Outcome::misfit(CCodeTooNew::Amd64 { demanded, promised: amd64(subject), dynamic })
        }
        ("arm", _, Some(arm)) => match processor(arm.cpu_arch).map(|own| own.max(floats(arm.fp_arch))) {
            None => Outcome::cannot_tell(CCodeTooNew::UnknownArm { tag: arm.cpu_arch }),
            Some(demanded) if demanded > promised(subject) => {
                Outcome::misfit(CCodeTooNew::Arm { demanded, promised: promised(subject) })
            }
            Some(_) => Outcome::Fits,
        },
        _ => Outcome::Fits,
    }
}

/// The x86-64 level of the platform; without a variant it is the first.
fn amd64(subject: &Subject<'_>) -> u8 {
    variant(subject).unwrap_or(1)
}

/// The ARM version of the platform; without a variant it is Docker's and Go's 7.
fn promised(subject: &Subject<'_>) -> u8 {
    variant(subject).unwrap_or(7)
}

fn variant(subject: &Subject<'_>) -> Option<u8> {
    subject.platform.variant.as_deref()?.strip_prefix('v')?.parse().ok()
}

/// The version of the architecture behind `Tag_CPU_arch`.
const fn processor(tag: u8) -> Option<u8> {
    match tag {
        0..=5 => Some(5),
        6..=9 | 11 | 12 => Some(6),
        10 | 13 => Some(7),
        14 => Some(8),
        _ => None,
    }
}

/// The version of the architecture that comes with the unit behind `Tag_FP_arch`.
const fn floats(tag: u8) -> u8 {
    match tag {
        0 => 5,
        1 | 2 => 6,
        3..=6 => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Traits;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::checks::traits::Arm;

    fn isa(level: u8) -> Case {
        let traits = Traits { isa_level: Some(level), ..Traits::default() };
        Case::new(fix::glibc_go(&["libc.so.6"])).traits(traits)
    }

    fn arm(cpu_arch: u8, fp_arch: u8, platform: &str) -> Case {
        let traits = Traits { arm: Some(Arm { cpu_arch, fp_arch }), ..Traits::default() };
        Case::new(fix::static_go()).traits(traits).platform(platform)
    }

    #[test]
    fn what_the_platform_promises_fits_and_so_does_a_file_without_a_note() {
        isa(1).fits(&CHECK);
        isa(3).platform("linux/amd64/v3").fits(&CHECK);
        arm(10, 3, "linux/arm").fits(&CHECK);
        arm(7, 2, "linux/arm/v6").fits(&CHECK);
        arm(14, 7, "linux/arm/v8").fits(&CHECK);
        Case::new(fix::static_go()).traits(Traits::default()).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn more_than_that_does_not() {
        let details = isa(3).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                "rpc demands x86-64-v3 (GNU_PROPERTY_X86_ISA_1_NEEDED)",
                "the platform is linux/amd64 (x86-64-v1)",
            ]
        );
        assert_eq!(details.production.unwrap(), "/app/rpc: CPU ISA level is lower than required");
        let details = arm(10, 4, "linux/arm/v6").misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc demands ARMv7 (.ARM.attributes)");
        assert_eq!(details.production.unwrap(), "/app/rpc: Illegal instruction");
        // The instructions are old enough, the floating point unit is not.
        arm(6, 3, "linux/arm/v6").misfit(&CHECK);
        arm(5, 2, "linux/arm/v5").misfit(&CHECK);
    }

    #[test]
    fn a_processor_that_this_version_does_not_know_cannot_be_judged() {
        assert_eq!(
            lines(&arm(22, 0, "linux/arm").cannot_tell(&CHECK))[0],
            "rpc demands Tag_CPU_arch 22 (.ARM.attributes)"
        );
    }
}
