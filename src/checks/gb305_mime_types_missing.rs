//! A program that serves files, in an image without a table of their types. Go knows the common ones by
//! itself, so this is said only to whoever asks for everything.

use super::advice::lack;
use super::traits::MIME_TABLES;
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb305::MimeTypesMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB305, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(traits)) = (subject.image, subject.traits) else { return Outcome::Fits };
    if subject.platform.os != "linux" || !subject.thorough || !traits.has(MIME_TABLES) {
        return Outcome::Fits;
    }
    let Some(lack) = lack(subject, image.mime_types) else { return Outcome::Fits };
    lack.outcome(MimeTypesMissing { function: MIME_TABLES, known: lack.is_known() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::image::{Fact, Image};

    fn case(functions: &[&str], there: Fact<bool>) -> Case {
        Case::new(fix::static_go()).image(Image { mime_types: there, ..fix::scratch() }).calling(functions)
    }

    #[test]
    fn a_table_fits_and_a_build_never_hears_of_it() {
        case(&[MIME_TABLES], Fact::Known(true)).thorough().fits(&CHECK);
        case(&[MIME_TABLES], Fact::Known(false)).fits(&CHECK);
        case(&[], Fact::Known(false)).thorough().fits(&CHECK);
    }

    #[test]
    fn none_is_told_to_whoever_asks() {
        let details = case(&[MIME_TABLES], Fact::Known(false)).thorough().misfit(&CHECK);
        assert!(details.help[0].starts_with("register the types you serve"));
    }

    #[test]
    fn an_unknown_cell_is_shown_to_whoever_asks() {
        case(&[MIME_TABLES], Fact::Unknown).thorough().cannot_tell(&CHECK);
    }
}
