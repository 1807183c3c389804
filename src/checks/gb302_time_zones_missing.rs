//! A program that asks for a time zone by name, in an image without zones.

use super::advice::lack;
use super::traits::{ZONES, ZONES_LINKED_IN};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb302::TimeZonesMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB302, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(traits)) = (subject.image, subject.traits) else { return Outcome::Fits };
    if subject.platform.os != "linux" || !traits.has(ZONES) || traits.has(ZONES_LINKED_IN) {
        return Outcome::Fits;
    }
    let Some(lack) = lack(subject, image.zoneinfo) else { return Outcome::Fits };
    lack.outcome(TimeZonesMissing { function: ZONES, known: lack.is_known() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::{Fact, Image};

    fn case(functions: &[&str], there: Fact<bool>) -> Case {
        let image = Image { zoneinfo: there, ..fix::alpine() };
        Case::new(fix::static_go()).image(image).calling(functions)
    }

    #[test]
    fn zones_in_the_image_or_in_the_binary_fit() {
        case(&[ZONES], Fact::Known(true)).fits(&CHECK);
        case(&[ZONES, ZONES_LINKED_IN], Fact::Known(false)).fits(&CHECK);
        case(&[], Fact::Known(false)).fits(&CHECK);
    }

    #[test]
    fn none_at_all_is_told_with_the_tag_that_links_them_in() {
        let details = case(&[ZONES], Fact::Known(false)).misfit(&CHECK);
        assert_eq!(lines(&details)[1], "alpine:3.20 has no zones in /usr/share/zoneinfo");
        assert!(details.help[0].ends_with("--platform linux/amd64 -tags=timetzdata"), "{:?}", details.help);
    }

    #[test]
    fn an_unknown_cell_is_silent_in_a_build_and_shown_when_asked() {
        case(&[ZONES], Fact::Unknown).fits(&CHECK);
        case(&[ZONES], Fact::Unknown).thorough().cannot_tell(&CHECK);
    }
}
