//! `-race`, `-msan` and `-asan` link in a runtime that was made for glibc.

use super::{Check, Outcome, Subject, gb201_loader_missing};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb208::Sanitizer;
use crate::image::{Fact, Libc};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB208, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(info)) = (subject.image, subject.binary.build_info()) else {
        return Outcome::Fits;
    };
    let on = ["-race", "-msan", "-asan"].into_iter().find(|flag| info.setting(flag) == Some("true"));
    let Some(flag) = on.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    let libc = image.libc_on(subject.platform);
    match libc {
        Fact::Known(Libc::Glibc(_)) => return Outcome::Fits,
        Fact::Unknown if !subject.thorough => return Outcome::Fits,
        Fact::Known(_) | Fact::Unknown => {}
    }
    // Where the loader is missing, GB201 says it and names the flag.
    if (gb201_loader_missing::CHECK.run)(subject) != Outcome::Fits {
        return Outcome::Fits;
    }
    let found = Sanitizer { flag, libc };
    match libc {
        Fact::Unknown => Outcome::cannot_tell(found),
        Fact::Known(_) => Outcome::misfit(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn race(binary: Binary) -> Case {
        Case::new(Binary { go: fix::go(&[("-race", "true"), ("CGO_ENABLED", "1")]), ..binary })
    }

    #[test]
    fn on_glibc_it_fits_and_so_does_a_build_without() {
        race(fix::glibc_go(&["libc.so.6"])).image(fix::debian()).fits(&CHECK);
        Case::new(fix::static_go()).image(fix::alpine()).fits(&CHECK);
        race(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn elsewhere_it_is_said_once() {
        let details = race(fix::static_go()).image(fix::alpine()).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            ["rpc records -race=true (its build information)", "alpine:3.20 has musl 1.2.5"]
        );
        race(fix::static_go()).image(fix::scratch()).misfit(&CHECK);
        race(fix::glibc_go(&["libc.so.6"])).image(fix::alpine()).fits(&CHECK);
    }

    #[test]
    fn an_unknown_c_library_is_silent_in_a_build_and_shown_when_asked() {
        let case = || race(fix::static_go()).image(fix::undescribed());
        case().fits(&CHECK);
        case().thorough().cannot_tell(&CHECK);
    }
}
