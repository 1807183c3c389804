//! What is to be started is not in the image.

use super::starting::{image, named_by, not_found, refused};
use super::words::{line, noted};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};
use crate::image::start::{By, Found, Missing, Step};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB701, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::Missing(missing) = &step.found else { return Outcome::Fits };
    // What a `#!` line asks for is GB704's, and GB705's where a carriage return is to blame.
    if matches!(step.by, By::Line { .. } | By::EnvLine { .. } | By::TooDeep { .. })
        || step.word.ends_with('\r')
    {
        return Outcome::Fits;
    }
    let details = details(subject, step, missing);
    // busybox runs its own commands without a file, where it was made so.
    match &step.by {
        By::Shell { busybox: true, .. } if !missing.searched.is_empty() => Outcome::cannot_tell(details),
        _ => Outcome::misfit(details),
    }
}

fn details(subject: &Subject<'_>, step: &Step, missing: &Missing) -> Message {
    let mut evidence = vec![named_by(subject, step)];
    let name = image(subject);
    if let Some(file) = &missing.not_a_folder {
        evidence.push(noted(format!("{name} has"), file.clone(), "a file, where a folder has to be"));
    } else if let Some((link, target)) = &missing.link {
        evidence.push(noted(
            format!("{name} has"),
            format!("{link} -> {target}"),
            "a link that leads nowhere",
        ));
    } else if missing.searched.is_empty() {
        evidence.push(line(format!("{name} has"), format!("nothing at {}", missing.path)));
    } else {
        let folders = missing.searched.join(":");
        evidence.push(noted(format!("{name} has"), "nothing of that name", format!("PATH is {folders}")));
    }
    let searched = !missing.searched.is_empty();
    if let Some(near) = &missing.near {
        evidence.push(noted(format!("{name} has"), near.clone(), "the same name elsewhere"));
    }
    let help = match &missing.near {
        Some(near) => format!("name it by its path: ENTRYPOINT [\"{near}\"]"),
        None if searched => {
            "copy it into a folder of PATH, or name it by its path: ENTRYPOINT [\"/app\"]".to_owned()
        }
        None if missing.path.ends_with("/sh") => {
            "an image without a shell takes the exec form: ENTRYPOINT [\"/app\"]".to_owned()
        }
        None => format!("copy it there: COPY --chmod=755 app {}", missing.path),
    };
    let production = match &missing.not_a_folder {
        Some(_) if step.by == By::Engine => {
            format!("exec: \"{0}\": stat {0}: not a directory: unknown", step.word)
        }
        Some(_) => refused(step, "Not a directory"),
        None => not_found(step, searched),
    };
    Message {
        title: match step.by {
            By::Engine => "the image does not have what it starts".to_owned(),
            _ => format!("the image does not have {}", super::starting::visible(&step.word)),
        },
        evidence,
        production: Some(production),
        cause: None,
        help: vec![help],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

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
        assert_eq!(lines(&details)[1], "corp/app:1 has /a -> b (a link that leads nowhere)");
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
