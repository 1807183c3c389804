//! The image runs as somebody whom its passwd or group does not have.

use super::starting::image;
use super::words::{line, noted};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};
use crate::image::start::By;
use crate::image::start::user::Stranger;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB707, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Some(Stranger { written, name, group, known }) = &step.stranger else { return Outcome::Fits };
    let (kind, file) = if *group { ("group", "/etc/group") } else { ("user", "/etc/passwd") };
    let runs = match &step.by {
        By::Wrapper { name: wrapper } => line(format!("{wrapper} runs it as"), written.clone()),
        _ => line(format!("{} runs as", image(subject)), written.clone()),
    };
    let there = match &known[..] {
        [] => noted(format!("{file} has"), "nobody", "or is not there"),
        names => line(format!("{file} has"), shortened(names)),
    };
    let said =
        format!("unable to find {kind} {name}: no matching entries in {} file", &file["/etc/".len()..]);
    Outcome::misfit(Message {
        title: format!("the {kind} {name} is not in the image"),
        evidence: vec![runs, there],
        production: Some(said),
        cause: None,
        help: vec![
            "name it by its number, which needs no line: USER 65532".to_owned(),
            format!("or add the {kind} in the last stage: COPY --from=build {file} {file}"),
        ],
    })
}

fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown}, …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn stranger(by: By, group: bool, known: &[&str]) -> Case {
        let mut step = fix::step(by, "/app", fix::program("/app"));
        step.who = None;
        step.stranger = Some(Stranger {
            written: "app".to_owned(),
            name: "app".to_owned(),
            group,
            known: known.iter().map(|&name| name.to_owned()).collect(),
        });
        Case::starting(step)
    }

    #[test]
    fn a_name_without_a_line_does_not_fit() {
        let details = stranger(By::Engine, false, &["root", "nobody"]).misfit(&CHECK);
        assert_eq!(lines(&details), ["corp/app:1 runs as app", "/etc/passwd has root, nobody"]);
        let said = details.production.unwrap();
        assert_eq!(said, "unable to find user app: no matching entries in passwd file");
        let details = stranger(By::Wrapper { name: "gosu".to_owned() }, true, &[]).misfit(&CHECK);
        assert_eq!(lines(&details), ["gosu runs it as app", "/etc/group has nobody (or is not there)"]);
    }

    #[test]
    fn a_known_user_fits() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }
}
