//! A program that asks who it is, in an image that knows nobody.

use super::advice::lack;
use super::traits::{USER_BY_ID, USER_BY_NAME, USER_CURRENT};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb303::UsersMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB303, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(traits)) = (subject.image, subject.traits) else { return Outcome::Fits };
    let asks = [USER_CURRENT, USER_BY_NAME, USER_BY_ID].into_iter().find(|function| traits.has(function));
    let Some(function) = asks.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    let there = image.users.as_ref().map(|users| !users.is_empty());
    let Some(lack) = lack(subject, there) else { return Outcome::Fits };
    lack.outcome(UsersMissing { function, current: function == USER_CURRENT, known: lack.is_known() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case};
    use crate::image::facts::User;
    use crate::image::{Fact, Image};

    fn case(functions: &[&str], users: Fact<Vec<User>>) -> Case {
        Case::new(fix::static_go()).image(Image { users, ..fix::scratch() }).calling(functions)
    }

    #[test]
    fn an_image_with_users_fits_and_so_does_not_asking() {
        let root = User { name: "root".to_owned(), uid: 0 };
        case(&[USER_CURRENT], Fact::Known(vec![root])).fits(&CHECK);
        case(&[], Fact::Known(Vec::new())).fits(&CHECK);
    }

    #[test]
    fn an_image_without_is_told_with_what_costs_least() {
        let details = case(&[USER_CURRENT, USER_BY_ID], Fact::Known(Vec::new())).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "user: Current requires cgo or $USER set in environment");
        assert!(details.help[0].ends_with("ENV USER=app HOME=/"), "{:?}", details.help);
        let details = case(&[USER_BY_NAME], Fact::Known(Vec::new())).misfit(&CHECK);
        assert!(details.help[0].ends_with("COPY --from=build /etc/passwd /etc/group /etc/"));
    }

    #[test]
    fn an_unknown_cell_is_silent_in_a_build_and_shown_when_asked() {
        case(&[USER_CURRENT], Fact::Unknown).fits(&CHECK);
        case(&[USER_CURRENT], Fact::Unknown).thorough().cannot_tell(&CHECK);
    }
}
