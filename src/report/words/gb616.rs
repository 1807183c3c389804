//! GB616 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb616::UserNotInImage;
use crate::image::start::user::Stranger;

pub(super) fn message(found: &UserNotInImage) -> Message {
    match found {
        UserNotInImage::Named { stranger, image } => named(stranger, image),
        UserNotInImage::LookedUp { image } => looked_up(image),
    }
}

fn named(stranger: &Stranger, image: &str) -> Message {
    let Stranger { written, name, known, .. } = stranger;
    let known = if known.is_empty() { "no users at all".to_owned() } else { known.join(", ") };
    Message {
        title: format!("the image does not have the user {name}"),
        evidence: vec![line("the file says", format!("USER {written}")), line(format!("{image} has"), known)],
        production: Some(format!("unable to find user {name}: no matching entries in passwd file")),
        cause: None,
        help: vec!["a number needs no entry: USER 65532:65532".to_owned()],
    }
}

fn looked_up(image: &str) -> Message {
    Message {
        title: "the program looks up users, but the image has none".to_owned(),
        evidence: vec![
            line("the program", "calls user.Current or user.Lookup"),
            line(format!("{image} has"), "no /etc/passwd"),
        ],
        production: Some("user: unknown userid 65532".to_owned()),
        cause: None,
        help: vec!["from a stage that has it: COPY --from=build /etc/passwd /etc/passwd".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_that_are_there_are_named() {
        let known = vec!["root".to_owned(), "nobody".to_owned()];
        let stranger =
            Stranger { written: "app:staff".to_owned(), name: "app".to_owned(), group: false, known };
        let said = message(&UserNotInImage::Named { stranger, image: "alpine:3.24".to_owned() });
        assert_eq!(said.title, "the image does not have the user app");
        assert_eq!(
            said.evidence,
            [line("the file says", "USER app:staff"), line("alpine:3.24 has", "root, nobody")]
        );
    }

    #[test]
    fn a_program_that_looks_users_up_is_told_what_it_will_read() {
        let said = message(&UserNotInImage::LookedUp { image: "scratch".to_owned() });
        assert_eq!(said.title, "the program looks up users, but the image has none");
        assert_eq!(
            said.evidence,
            [line("the program", "calls user.Current or user.Lookup"), line("scratch has", "no /etc/passwd")]
        );
        assert_eq!(said.production.as_deref(), Some("user: unknown userid 65532"));
        assert_eq!(said.help, ["from a stage that has it: COPY --from=build /etc/passwd /etc/passwd"]);
    }
}
