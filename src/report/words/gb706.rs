//! GB706 in words.

use super::shared::{line, noted};
use super::starting::{image, named_by, refused};
use crate::diagnostics::evidence::gb706::{Content, NoInterpreterLine};
use crate::diagnostics::{About, Message};
use crate::image::start::By;
use crate::image::start::script::Flaw;

pub(super) fn message(found: &NoInterpreterLine, about: &About) -> Message {
    let NoInterpreterLine { starting, path, content } = found;
    let has = format!("{} has", image(about));
    let flaw = match content {
        Content::Neither { flaw } => *flaw,
        Content::Unread { reason } => {
            return Message {
                title: format!("{path} could not be read"),
                evidence: vec![named_by(starting, about), noted(has, path.clone(), reason.clone())],
                production: None,
                cause: None,
                help: vec!["read the image again, as a user who may read all of it".to_owned()],
            };
        }
    };
    let production = match &starting.by {
        By::Engine | By::Line { .. } | By::TooDeep { .. } => {
            format!("exec {}: exec format error", starting.word)
        }
        _ => refused(starting, "exec format error"),
    };
    Message {
        title: format!("{path} is neither a program nor a script with a #! line"),
        evidence: vec![named_by(starting, about), line(has, what(flaw))],
        production: Some(production),
        cause: None,
        help: vec![help(flaw, path)],
    }
}

fn what(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Empty => "an empty file",
        Flaw::NoLine => "a text without a #! line",
        Flaw::Mark => "a script with a byte order mark in front of its #! line",
        Flaw::NotFirst => "a script whose #! is not its very first bytes",
        Flaw::Nothing => "a script whose #! line names nothing",
        Flaw::TooLong => "a script whose #! line is longer than the 255 bytes that the kernel reads",
        Flaw::Binary => "neither a program nor a text",
    }
}

fn help(flaw: Flaw, path: &str) -> String {
    match flaw {
        Flaw::NoLine | Flaw::Nothing => format!(
            "begin it with #!/bin/sh, or start it through a shell: ENTRYPOINT [\"/bin/sh\", \"{path}\"]"
        ),
        Flaw::Mark | Flaw::NotFirst => {
            format!("sed -i '1s/^[^#]*//' {}", path.rsplit('/').next().unwrap_or(path))
        }
        Flaw::TooLong => "name a shorter path in the #! line, or a link to it".to_owned(),
        Flaw::Empty | Flaw::Binary => format!("copy the program itself: COPY --chmod=755 app {path}"),
    }
}
