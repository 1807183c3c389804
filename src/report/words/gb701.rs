//! GB701 in words.

use super::shared::{line, noted};
use super::starting::{image, named_by, not_found, refused, visible};
use crate::diagnostics::evidence::gb701::EntryPointMissing;
use crate::diagnostics::{About, Line, Message};
use crate::image::start::{By, Missing};

pub(super) fn message(found: &EntryPointMissing, about: &About) -> Message {
    let EntryPointMissing { starting, missing } = found;
    let title = match starting.by {
        By::Engine => "the image does not have what it starts".to_owned(),
        _ => format!("the image does not have {}", visible(&starting.word)),
    };
    let near = missing
        .near
        .as_ref()
        .map(|near| noted(format!("{} has", image(about)), near.clone(), "the same name elsewhere"));
    let production = match &missing.not_a_folder {
        Some(_) if starting.by == By::Engine => {
            format!("exec: \"{0}\": stat {0}: not a directory: unknown", starting.word)
        }
        Some(_) => refused(starting, "Not a directory"),
        None => not_found(starting, !missing.searched.is_empty()),
    };
    Message {
        title,
        evidence: [named_by(starting, about), instead(missing, about)].into_iter().chain(near).collect(),
        production: Some(production),
        cause: None,
        help: vec![help(missing)],
    }
}

/// What is there instead.
fn instead(missing: &Missing, about: &About) -> Line {
    let has = format!("{} has", image(about));
    if let Some(file) = &missing.not_a_folder {
        noted(has, file.clone(), "a file where a folder should be")
    } else if let Some((link, target)) = &missing.link {
        noted(has, format!("{link} -> {target}"), "a dangling link")
    } else if missing.searched.is_empty() {
        line(has, format!("nothing at {}", missing.path))
    } else {
        noted(has, "nothing by that name", format!("PATH is {}", missing.searched.join(":")))
    }
}

fn help(missing: &Missing) -> String {
    match &missing.near {
        Some(near) => format!("name it by its path: ENTRYPOINT [\"{near}\"]"),
        None if !missing.searched.is_empty() => {
            "copy it into a folder of PATH, or name it by its path: ENTRYPOINT [\"/app\"]".to_owned()
        }
        None if missing.path.ends_with("/sh") => {
            "use the exec form in an image without a shell: ENTRYPOINT [\"/app\"]".to_owned()
        }
        None => format!("copy it there: COPY --chmod=755 app {}", missing.path),
    }
}
