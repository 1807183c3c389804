//! A package that has a Go half for builds without cgo, which does less than the C half.

use super::foreign::{evidence, was_built_without_c};
use super::words::{line, rebuild};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};
use crate::libraries::{LIBRARIES, Library, Without};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB502, run };

fn run(subject: &Subject<'_>) -> Outcome {
    // A build has said it in its plan.
    if !subject.thorough || subject.build.cgo.is_some() {
        return Outcome::Fits;
    }
    let lesser: Vec<(&Library, &str)> = LIBRARIES
        .iter()
        .filter_map(|library| match library.without {
            Without::Less(says) => Some((library, says)),
            Without::Stub(_) | Without::Broken => None,
        })
        .filter(|(library, _)| was_built_without_c(subject, library))
        .collect();
    let [(first, _), ..] = lesser[..] else { return Outcome::Fits };
    let of_each = |(library, says): &(&Library, &str)| {
        let mut lines = evidence(subject, library);
        lines.push(line("without its C half", *says));
        lines
    };
    Outcome::misfit(Message {
        title: format!("{} is in this binary without its C half", first.path),
        evidence: lesser.iter().flat_map(of_each).collect(),
        production: None,
        cause: Some("cgo was off (CGO_ENABLED=0 in the binary's build information)".to_owned()),
        help: vec![format!("if that is needed, build it with its C half: {}", rebuild(subject))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::origin::Origin;

    const HID: &str = "github.com/karalabe/hid.";

    #[test]
    fn whoever_asks_is_told_what_it_cannot_do() {
        let details = Case::new(fix::static_go()).calling(&[HID]).thorough().misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc has github.com/karalabe/hid (its table of functions)");
        assert!(lines(&details)[1].starts_with("without its C half no USB device"), "{details:?}");
    }

    #[test]
    fn a_build_is_left_alone_and_so_is_one_with_its_c_half() {
        Case::new(fix::static_go()).calling(&[HID]).fits(&CHECK);
        Case::new(fix::static_go()).calling(&[HID]).cgo(false, Origin::Default).thorough().fits(&CHECK);
        Case::new(fix::glibc_go(&[])).calling(&[HID]).thorough().fits(&CHECK);
    }

    #[test]
    fn where_nobody_looked_nothing_is_said_because_this_is_advice() {
        Case::new(fix::static_go()).thorough().fits(&CHECK);
    }
}
