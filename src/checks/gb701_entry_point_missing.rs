//! What is to be started is not in the image.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb701::EntryPointMissing;
use crate::image::start::{By, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB701, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::Missing(missing) = &step.found else { return Outcome::Fits };
    // What a `#!` line asks for is GB704's, and GB705's where a carriage return is to blame.
    if step.by.script().is_some() || step.word.ends_with('\r') {
        return Outcome::Fits;
    }
    let found = EntryPointMissing { starting: step.into(), missing: missing.clone() };
    // busybox runs its own commands without a file, where it was made so.
    match &step.by {
        By::Shell { busybox: true, .. } if !missing.searched.is_empty() => Outcome::cannot_tell(found),
        _ => Outcome::misfit(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::start::Missing;

    fn missing(by: By, word: &str, missing: Missing) -> Case {
        let path = if missing.path.is_empty() { word.to_owned() } else { missing.path.clone() };
        Case::starting(fix::step(by, word, Found::Missing(Missing { path, ..missing })))
    }

    #[test]
    fn a_file_that_is_there_fits_and_so_does_a_file_outside_of_any_start() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn nothing_at_the_path_does_not_fit() {
        let details = missing(By::Engine, "/nope", Missing::default()).misfit(&CHECK);
        assert_eq!(lines(&details), ["corp/app:1 starts /nope", "corp/app:1 has nothing at /nope"]);
        let said = details.production.unwrap();
        assert_eq!(said, "exec: \"/nope\": stat /nope: no such file or directory: unknown");
        let near = Missing { near: Some("/usr/bin/nope".to_owned()), ..Missing::default() };
        let details = missing(By::Engine, "/nope", near).misfit(&CHECK);
        assert_eq!(details.help, ["name it by its path: ENTRYPOINT [\"/usr/bin/nope\"]"]);
        let link = Missing { link: Some(("/a".to_owned(), "b".to_owned())), ..Missing::default() };
        let details = missing(By::Engine, "/a", link).misfit(&CHECK);
        assert_eq!(lines(&details)[1], "corp/app:1 has /a -> b (a dangling link)");
        let file = Missing { not_a_folder: Some("/app".to_owned()), ..Missing::default() };
        let details = missing(By::Engine, "/app/x", file).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "exec: \"/app/x\": stat /app/x: not a directory: unknown");
    }

    #[test]
    fn each_starter_says_it_in_its_own_words() {
        let searched = || Missing { searched: vec!["/bin".to_owned()], ..Missing::default() };
        for (by, searched, expected) in [
            (By::Engine, searched(), "exec: \"app\": executable file not found in $PATH: unknown"),
            (By::Shell { name: "sh".to_owned(), busybox: false }, searched(), "sh: app: not found"),
            (
                By::Wrapper { name: "tini".to_owned() },
                searched(),
                "[FATAL tini (7)] exec app failed: No such file or directory",
            ),
            (
                By::Wrapper { name: "gosu".to_owned() },
                searched(),
                "error: exec: \"app\": executable file not found in $PATH",
            ),
            (
                By::Reader { name: "sh".to_owned() },
                Missing::default(),
                "sh: can't open 'app': No such file or directory",
            ),
        ] {
            assert_eq!(missing(by, "app", searched).misfit(&CHECK).production.unwrap(), expected);
        }
    }

    #[test]
    fn a_shell_that_has_commands_without_files_leaves_it_open() {
        let searched = Missing { searched: vec!["/bin".to_owned()], ..Missing::default() };
        missing(By::Shell { name: "sh".to_owned(), busybox: true }, "app", searched).cannot_tell(&CHECK);
        missing(By::Shell { name: "sh".to_owned(), busybox: true }, "/app", Missing::default())
            .misfit(&CHECK);
    }

    #[test]
    fn what_a_first_line_asks_for_is_another_checks() {
        missing(By::Line { script: "/run.sh".to_owned() }, "/bin/bash", Missing::default()).fits(&CHECK);
    }
}
