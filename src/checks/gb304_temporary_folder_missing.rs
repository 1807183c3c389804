//! A program that writes temporary files, in an image without a place for them.

use super::advice::lack;
use super::traits::{CREATE_TEMP, MAKE_TEMP_FOLDER, MULTIPART_FORMS};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb304::TemporaryFolderMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB304, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(traits)) = (subject.image, subject.traits) else { return Outcome::Fits };
    let writes = [MAKE_TEMP_FOLDER, CREATE_TEMP].into_iter().find(|function| traits.has(function));
    let Some(function) = writes.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    // Many a server has the code for large uploads and never gets one.
    if function == CREATE_TEMP && traits.has(MULTIPART_FORMS) && !subject.thorough {
        return Outcome::Fits;
    }
    let Some(lack) = lack(subject, image.tmp) else { return Outcome::Fits };
    lack.outcome(TemporaryFolderMissing { function, known: lack.is_known() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::image::{Fact, Image};

    fn case(functions: &[&str], there: Fact<bool>) -> Case {
        Case::new(fix::static_go()).image(Image { tmp: there, ..fix::scratch() }).calling(functions)
    }

    #[test]
    fn a_folder_for_everybody_fits_and_so_does_writing_nothing() {
        case(&[CREATE_TEMP], Fact::Known(true)).fits(&CHECK);
        case(&[], Fact::Known(false)).fits(&CHECK);
    }

    #[test]
    fn none_is_told() {
        let details = case(&[CREATE_TEMP], Fact::Known(false)).misfit(&CHECK);
        assert!(details.help[1].contains("mkdir -m 1777 /rootfs/tmp"), "{:?}", details.help);
        case(&[MAKE_TEMP_FOLDER, CREATE_TEMP, MULTIPART_FORMS], Fact::Known(false)).misfit(&CHECK);
    }

    #[test]
    fn a_server_with_forms_is_left_alone_unless_asked() {
        let server = || case(&[CREATE_TEMP, MULTIPART_FORMS], Fact::Known(false));
        server().fits(&CHECK);
        server().thorough().misfit(&CHECK);
    }

    #[test]
    fn an_unknown_cell_is_silent_in_a_build_and_shown_when_asked() {
        case(&[CREATE_TEMP], Fact::Unknown).fits(&CHECK);
        case(&[CREATE_TEMP], Fact::Unknown).thorough().cannot_tell(&CHECK);
    }
}
