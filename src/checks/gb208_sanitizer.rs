//! `-race`, `-msan` and `-asan` link in a runtime that was made for glibc.

use super::words::{line, noted, rebuild};
use super::{Check, Details, Outcome, Severity, Subject, gb201_loader_missing};
use crate::image::{Fact, Libc};

pub(super) static CHECK: Check = Check {
    id: "GB208",
    name: "sanitizer",
    severity: Severity::Warning,
    summary: "a build with -race, -msan or -asan is for images with glibc",
    page: include_str!("../../docs/checks/GB208.md"),
    run,
};

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(info)) = (subject.image, subject.binary.build_info()) else {
        return Outcome::Fits;
    };
    let on = ["-race", "-msan", "-asan"].into_iter().find(|flag| info.setting(flag) == Some("true"));
    let Some(flag) = on.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    let libc = match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(_)) => return Outcome::Fits,
        Fact::Known(libc) => libc.to_string(),
        Fact::Unknown if subject.thorough => "an unknown C library".to_owned(),
        Fact::Unknown => return Outcome::Fits,
    };
    // Where the loader is missing, GB201 says it and names the flag.
    if (gb201_loader_missing::CHECK.run)(subject) != Outcome::Fits {
        return Outcome::Fits;
    }
    let details = Details {
        title: format!("the binary was built with {flag}, whose runtime is made for glibc"),
        evidence: vec![
            noted(format!("{} records", subject.name), format!("{flag}=true"), "its build information"),
            line(format!("{} has", image.name), libc),
        ],
        production: None,
        cause: None,
        help: vec![format!("leave out {flag}, GOFLAGS included: {}", rebuild(subject))],
    };
    match image.libc_on(subject.platform) {
        Fact::Unknown => Outcome::CannotTell(details),
        Fact::Known(_) => Outcome::Misfit(details),
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
