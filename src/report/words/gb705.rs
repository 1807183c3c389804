//! GB705 in words.

use super::shared::{line, noted};
use super::starting::{image, not_found, visible};
use crate::diagnostics::evidence::gb705::CarriageReturn;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CarriageReturn, about: &About) -> Message {
    let CarriageReturn { starting, argument } = found;
    let script = starting.by.script().unwrap_or_default();
    let word = argument.as_ref().unwrap_or(&starting.word);
    let mut evidence = vec![noted(format!("{script} asks for"), visible(word), "its #! line")];
    let production = if let Some(argument) = argument {
        format!("{script}: illegal option {}", visible(argument))
    } else {
        let bare = word.trim_end_matches('\r');
        evidence.push(line(format!("{} has", image(about)), format!("no file named {bare}\\r")));
        not_found(starting, false)
    };
    Message {
        title: format!("the first line of {script} ends in a carriage return"),
        evidence,
        production: Some(production),
        cause: Some("the script was checked out or saved with Windows line endings".to_owned()),
        help: vec![
            format!("sed -i 's/\\r$//' {}", script.rsplit('/').next().unwrap_or(script)),
            "and to keep it that way, in .gitattributes:\n*.sh text eol=lf".to_owned(),
        ],
    }
}
