//! The user that the image runs as may not start the file, or not reach it.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb703::EntryPointDenied;
use crate::image::start::Found;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB703, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    match &step.found {
        Found::Denied(barrier) => Outcome::misfit(EntryPointDenied {
            starting: step.into(),
            barrier: barrier.clone(),
            who: step.who.clone(),
        }),
        // Where the user is nobody that is known, the mode says nothing: GB707 rejects that already.
        _ => Outcome::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::start::who::Who;
    use crate::image::start::{Barrier, By};

    fn barrier(path: &str, folder: bool, mode: u32) -> Case {
        let barrier = Barrier {
            target: "/app/rpc".to_owned(),
            path: path.to_owned(),
            folder,
            mode,
            uid: 0,
            gid: 0,
            searched: false,
        };
        let mut step = fix::step(By::Engine, "/app/rpc", Found::Denied(barrier));
        step.who = Some(Who { uid: 65532, gids: vec![65532] });
        Case::starting(step)
    }

    #[test]
    fn a_mode_that_lets_nobody_or_not_this_user_start_it_does_not_fit() {
        let details = barrier("/app/rpc", false, 0o644).misfit(&CHECK);
        assert_eq!(details.title, "nobody may execute /app/rpc");
        assert_eq!(
            lines(&details),
            [
                "corp/app:1 starts /app/rpc",
                "/app/rpc has mode 0644 (owner 0, group 0)",
                "corp/app:1 runs as uid 65532, gid 65532",
            ]
        );
        assert_eq!(details.production.unwrap(), "exec: \"/app/rpc\": permission denied: unknown");
        let details = barrier("/app/rpc", false, 0o744).misfit(&CHECK);
        assert_eq!(details.title, "the user that the image runs as may not execute /app/rpc");
        assert!(details.cause.is_none());
    }

    #[test]
    fn a_folder_on_the_way_may_be_closed() {
        let details = barrier("/app", true, 0o700).misfit(&CHECK);
        assert_eq!(details.title, "the user that the image runs as may not enter the folder /app");
        assert_eq!(details.help[0], "open the folder: RUN chmod a+x /app");
    }

    #[test]
    fn what_is_found_by_its_name_is_passed_over_by_an_engine() {
        let mut case = barrier("/usr/bin/rpc", false, 0o700);
        let step = case.start.as_mut().unwrap();
        "rpc".clone_into(&mut step.word);
        let Found::Denied(barrier) = &mut step.found else { panic!("it is denied") };
        barrier.searched = true;
        let said = case.misfit(&CHECK).production.unwrap();
        assert_eq!(said, "exec: \"rpc\": executable file not found in $PATH: unknown");
    }

    #[test]
    fn what_may_be_started_fits() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
    }
}
