//! What is to be started is a folder, a device, a socket.

use super::starting::{image, named_by, refused};
use super::words::line;
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};
use crate::image::start::{By, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB702, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::NotAFile { path, folder } = &step.found else { return Outcome::Fits };
    let what = if *folder { "a folder" } else { "no regular file" };
    let reason = match &step.by {
        By::Reader { .. } if *folder => "Is a directory",
        By::Engine | By::Line { .. } | By::TooDeep { .. } => "permission denied",
        _ => "Permission denied",
    };
    let base = path.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("app");
    Outcome::misfit(Message {
        title: format!("{} is {what}", step.word),
        evidence: vec![
            named_by(subject, step),
            line(format!("{} has", image(subject)), format!("{what} at {path}")),
        ],
        production: Some(refused(step, reason)),
        cause: folder.then(|| {
            "`go build -o NAME` puts the program into NAME where that is a folder, and so does COPY"
                .to_owned()
        }),
        help: vec![format!("name the program in it: ENTRYPOINT [\"{}/{base}\"]", path.trim_end_matches('/'))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn at(path: &str, folder: bool) -> Case {
        let found = Found::NotAFile { path: path.to_owned(), folder };
        Case::starting(fix::step(By::Engine, path, found))
    }

    #[test]
    fn a_folder_does_not_fit() {
        let details = at("/app", true).misfit(&CHECK);
        assert_eq!(lines(&details), ["corp/app:1 starts /app", "corp/app:1 has a folder at /app"]);
        assert_eq!(details.production.unwrap(), "exec: \"/app\": permission denied: unknown");
        assert_eq!(details.help, ["name the program in it: ENTRYPOINT [\"/app/app\"]"]);
    }

    #[test]
    fn a_device_does_not_fit() {
        assert_eq!(at("/dev/x", false).misfit(&CHECK).title, "/dev/x is no regular file");
    }

    #[test]
    fn a_file_fits_and_what_is_not_there_is_another_checks() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
        let missing = Found::Missing(crate::image::start::Missing::default());
        Case::starting(fix::step(By::Engine, "/app", missing)).fits(&CHECK);
    }
}
