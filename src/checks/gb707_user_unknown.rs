//! The image runs as somebody whom its passwd or group does not have.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb707::UserUnknown;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB707, run };

fn run(subject: &Subject<'_>) -> Outcome {
    match subject.start.and_then(|step| Some((step, step.stranger.as_ref()?))) {
        Some((step, stranger)) => {
            Outcome::misfit(UserUnknown { starting: step.into(), stranger: stranger.clone() })
        }
        None => Outcome::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::start::By;
    use crate::image::start::user::Stranger;

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
        assert_eq!(lines(&details), ["gosu runs it as app", "/etc/group has no entries (or does not exist)"]);
    }

    #[test]
    fn a_known_user_fits() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }
}
