//! A packed program is a small one that unpacks another: what that one needs cannot be read.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb110::Packed;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB110, run };

fn run(subject: &Subject<'_>) -> Outcome {
    if subject.traits.and_then(|traits| traits.packed) != Some(true) {
        return Outcome::Fits;
    }
    Outcome::cannot_tell(Packed { mark: "UPX!" })
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
