//! A packed program is a small one that unpacks another: what that one needs cannot be read.

use super::words::{line, rebuild};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB110, run };

fn run(subject: &Subject<'_>) -> Outcome {
    if subject.traits.and_then(|traits| traits.packed) != Some(true) {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(Message {
        title: "the file was packed with UPX, and what it unpacks cannot be verified".to_owned(),
        evidence: vec![line(format!("{} has", subject.name), "the mark UPX!")],
        production: Some("Segmentation fault (exit code 139)".to_owned()),
        cause: None,
        help: vec![
            format!("hand on what go wrote: {} --release", rebuild(subject)),
            "or verify it unpacked: cp FILE plain && upx -d plain && gobuild verify plain".to_owned(),
            "if it is known to run: --allow GB110".to_owned(),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Traits;
    use crate::checks::fixtures::{self as fix, Case};

    fn marked(packed: Option<bool>) -> Case {
        Case::new(fix::static_c()).traits(Traits { packed, ..Traits::default() })
    }

    #[test]
    fn a_file_without_the_mark_fits_and_where_nobody_looked_there_is_no_question() {
        marked(Some(false)).fits(&CHECK);
        marked(None).fits(&CHECK);
        Case::new(fix::static_c()).fits(&CHECK);
    }

    #[test]
    fn what_a_packed_file_unpacks_cannot_be_judged() {
        let details = marked(Some(true)).cannot_tell(&CHECK);
        assert_eq!(details.evidence[0].value, "the mark UPX!");
        assert!(details.help[2].ends_with("--allow GB110"));
    }
}
