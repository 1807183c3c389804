//! GB704 in words.

use super::shared::{line, noted};
use super::starting::{image, named_by, not_found, refused};
use crate::diagnostics::evidence::gb704::{Flaw, InterpreterMissing};
use crate::diagnostics::{About, Message};
use crate::image::start::Missing;

pub(super) fn message(found: &InterpreterMissing, about: &About) -> Message {
    let starting = &found.starting;
    let script = starting.by.script().unwrap_or_default();
    match &found.flaw {
        Flaw::TooDeep => Message {
            title: format!("{script} goes through too many scripts to reach its interpreter"),
            evidence: vec![named_by(starting, about), line("the kernel follows", "5 scripts in a row")],
            production: Some(refused(starting, "too many levels of symbolic links")),
            cause: None,
            help: vec!["name a program in the first line: #!/bin/sh".to_owned()],
        },
        Flaw::Missing { missing, shell } => of_missing(found, missing, shell.as_deref(), about),
    }
}

fn of_missing(found: &InterpreterMissing, missing: &Missing, shell: Option<&str>, about: &About) -> Message {
    let starting = &found.starting;
    let has = format!("{} has", image(about));
    let near = missing.near.as_ref().map(|near| noted(has.clone(), near.clone(), "the same name elsewhere"));
    let there = match (&missing.link, missing.searched.is_empty()) {
        (Some((link, target)), _) => noted(has, format!("{link} -> {target}"), "a dangling link"),
        (None, true) => line(has, format!("nothing at {}", missing.path)),
        (None, false) => {
            noted(has, "nothing by that name", format!("PATH is {}", missing.searched.join(":")))
        }
    };
    let help = match (&missing.near, shell) {
        (Some(near), _) => format!("name it as the image has it: #!{near}"),
        (None, Some(shell)) => format!("write it for the image's own shell: #!{shell}"),
        (None, None) => "start the program itself: ENTRYPOINT [\"/app\"]".to_owned(),
    };
    Message {
        title: format!("the interpreter of {} is not in the image", starting.by.script().unwrap_or_default()),
        evidence: [named_by(starting, about), there].into_iter().chain(near).collect(),
        production: Some(not_found(starting, !missing.searched.is_empty())),
        cause: None,
        help: vec![help],
    }
}
