//! A package that has a Go half for builds without cgo, which does less than the C half.

use super::foreign::{go_half, was_built_without_c};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb502::{CHalfMissing, Lesser};
use crate::libraries::{LIBRARIES, Without};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB502, run };

fn run(subject: &Subject<'_>) -> Outcome {
    // A build has said it in its plan.
    if !subject.thorough || subject.build.cgo.is_some() {
        return Outcome::Fits;
    }
    let packages: Vec<Lesser> = LIBRARIES
        .iter()
        .filter_map(|library| match library.without {
            Without::Less(without) => Some((library, without)),
            Without::Stub(_) | Without::Broken => None,
        })
        .filter(|(library, _)| was_built_without_c(subject, library))
        .map(|(library, without)| Lesser { half: go_half(subject, library), without })
        .collect();
    if packages.is_empty() { Outcome::Fits } else { Outcome::misfit(CHalfMissing { packages }) }
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
