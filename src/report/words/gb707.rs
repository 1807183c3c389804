//! GB707 in words.

use super::shared::{line, noted};
use super::starting::image;
use crate::diagnostics::evidence::gb707::UserUnknown;
use crate::diagnostics::{About, Message};
use crate::image::start::By;
use crate::image::start::user::Stranger;

pub(super) fn message(found: &UserUnknown, about: &About) -> Message {
    let Stranger { written, name, group, known } = &found.stranger;
    let (kind, file) = if *group { ("group", "/etc/group") } else { ("user", "/etc/passwd") };
    let runs = match &found.starting.by {
        By::Wrapper { name } => line(format!("{name} runs it as"), written.clone()),
        _ => line(format!("{} runs as", image(about)), written.clone()),
    };
    let there = match &known[..] {
        [] => noted(format!("{file} has"), "no entries", "or does not exist"),
        names => line(format!("{file} has"), shortened(names)),
    };
    let said =
        format!("unable to find {kind} {name}: no matching entries in {} file", &file["/etc/".len()..]);
    Message {
        title: format!("the {kind} {name} is not in the image"),
        evidence: vec![runs, there],
        production: Some(said),
        cause: None,
        help: vec![
            "use the number, which needs no entry: USER 65532".to_owned(),
            format!("or add the {kind} in the last stage: COPY --from=build {file} {file}"),
        ],
    }
}

fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown}, …") } else { shown }
}
