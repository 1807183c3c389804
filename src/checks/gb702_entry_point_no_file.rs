//! What is to be started is a folder, a device, a socket.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb702::EntryPointNoFile;
use crate::image::start::Found;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB702, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::NotAFile { path, folder } = &step.found else { return Outcome::Fits };
    Outcome::misfit(EntryPointNoFile { starting: step.into(), path: path.clone(), folder: *folder })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::start::By;

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
        assert_eq!(at("/dev/x", false).misfit(&CHECK).title, "/dev/x is a special file");
    }

    #[test]
    fn a_file_fits_and_what_is_not_there_is_another_checks() {
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
        let missing = Found::Missing(crate::image::start::Missing::default());
        Case::starting(fix::step(By::Engine, "/app", missing)).fits(&CHECK);
    }
}
