//! GB627 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb627::IgnoreNotUnderstood;

pub(super) fn message(found: &IgnoreNotUnderstood) -> Message {
    let IgnoreNotUnderstood { word, is_name, nearest } = found;
    let (title, evidence) = if *is_name {
        (
            format!("there is no rule `{word}` for Dockerfiles"),
            vec![line("the comment says", format!("ignore={word}")), line("it ignores", "nothing")],
        )
    } else {
        (
            "the comment is not understood and ignores nothing".to_owned(),
            vec![
                line("the file says", format!("gobuild: {word}")),
                line("it should be", "gobuild: ignore=GB601,GB602"),
            ],
        )
    };
    let help = match nearest {
        Some(near) => format!("did you mean {near}?"),
        None => "docs/lint.md has the list of rules".to_owned(),
    };
    Message { title, evidence, production: None, cause: None, help: vec![help] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_of_another_form_is_shown_the_right_one() {
        let said =
            message(&IgnoreNotUnderstood { word: "ignores=GB601".to_owned(), is_name: false, nearest: None });
        assert_eq!(said.title, "the comment is not understood and ignores nothing");
        assert_eq!(
            said.evidence,
            [
                line("the file says", "gobuild: ignores=GB601"),
                line("it should be", "gobuild: ignore=GB601,GB602")
            ]
        );
        assert_eq!(said.help, ["docs/lint.md has the list of rules"]);
    }
}
