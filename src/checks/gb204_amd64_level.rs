//! Some distributions compile their C library for newer processors. It refuses to start on older ones, and
//! with it every dynamic binary; a static one never asks it.

use super::{Check, Outcome, Subject};
use crate::binary::elf::Linkage;
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb204::Amd64Level;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB204, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let platform = subject.platform;
    let dynamic = subject
        .binary
        .elf()
        .is_some_and(|elf| matches!(elf.linkage(), Linkage::Dynamic | Linkage::SharedLibrary));
    let Some(image) = subject.image.filter(|_| dynamic && platform.os == "linux" && platform.arch == "amd64")
    else {
        return Outcome::Fits;
    };
    let promised = platform.variant.as_deref().and_then(|variant| variant.strip_prefix('v')?.parse().ok());
    let promised: u8 = promised.unwrap_or(1);
    // This is advice: an unknown level is no news.
    let Some(level) = image.amd64_level.known().filter(|level| *level > promised) else {
        return Outcome::Fits;
    };
    Outcome::misfit(Amd64Level { demanded: level, promised })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::{Fact, Image};

    fn demanding(level: u8) -> Image {
        Image { amd64_level: Fact::Known(level), ..fix::debian() }
    }

    fn dynamic() -> Case {
        Case::new(fix::glibc_go(&["libc.so.6"]))
    }

    #[test]
    fn a_level_that_the_platform_promises_fits() {
        dynamic().image(demanding(1)).fits(&CHECK);
        dynamic().image(demanding(2)).platform("linux/amd64/v2").fits(&CHECK);
        dynamic().image(demanding(2)).platform("linux/arm64").fits(&CHECK);
    }

    #[test]
    fn a_static_binary_does_not_ask_the_c_library() {
        Case::new(fix::static_go()).image(demanding(3)).fits(&CHECK);
    }

    #[test]
    fn a_higher_level_is_said_to_a_dynamic_binary() {
        let details = dynamic().image(demanding(3)).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            ["debian:12 demands x86-64-v3", "the platform is linux/amd64 (x86-64-v1)"]
        );
        assert_eq!(details.production.unwrap(), "Fatal glibc error: CPU does not support x86-64-v3");
    }

    #[test]
    fn an_unknown_level_is_silent_because_this_is_advice() {
        dynamic().image(fix::debian()).fits(&CHECK);
    }
}
