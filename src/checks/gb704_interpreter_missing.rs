//! The first line of a script names an interpreter that is not there.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb704::{Flaw, InterpreterMissing};
use crate::image::start::{By, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB704, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let flaw = match (&step.by, &step.found) {
        (By::TooDeep { .. }, _) => Flaw::TooDeep,
        // A carriage return is the whole reason then: GB705.
        _ if step.word.ends_with('\r') => return Outcome::Fits,
        (By::Line { .. } | By::EnvLine { .. }, Found::Missing(missing)) => {
            let shell = subject.image.and_then(|image| image.shell.as_ref().known().cloned().flatten());
            Flaw::Missing { missing: missing.clone(), shell }
        }
        _ => return Outcome::Fits,
    };
    Outcome::misfit(InterpreterMissing { starting: step.into(), flaw })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::Fact;
    use crate::image::start::Missing;

    fn missing(by: fn(String) -> By, word: &str) -> Case {
        let missing = Missing { path: word.to_owned(), ..Missing::default() };
        Case::starting(fix::step(by("/run.sh".to_owned()), word, Found::Missing(missing)))
    }

    #[test]
    fn an_interpreter_that_is_not_there_does_not_fit() {
        let mut case = missing(|script| By::Line { script }, "/bin/bash");
        case.image.as_mut().unwrap().shell = Fact::Known(Some("/bin/sh".to_owned()));
        let details = case.misfit(&CHECK);
        assert_eq!(details.title, "the interpreter of /run.sh is not in the image");
        assert_eq!(
            lines(&details),
            ["/run.sh asks for /bin/bash (its #! line)", "corp/app:1 has nothing at /bin/bash"]
        );
        assert_eq!(details.production.unwrap(), "exec /run.sh: no such file or directory");
        assert_eq!(details.help, ["write it for the image's own shell: #!/bin/sh"]);
        let details = missing(|script| By::EnvLine { script }, "bash").misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "env: 'bash': No such file or directory");
    }

    #[test]
    fn scripts_for_scripts_have_an_end() {
        let details = missing(|script| By::TooDeep { script }, "/six.sh").misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "exec /run.sh: too many levels of symbolic links");
    }

    #[test]
    fn one_that_is_there_fits_and_the_rest_is_other_checks() {
        let by = By::Line { script: "/run.sh".to_owned() };
        Case::starting(fix::step(by, "/bin/sh", fix::program("/bin/sh"))).fits(&CHECK);
        missing(|script| By::Line { script }, "/bin/sh\r").fits(&CHECK);
        Case::starting(fix::step(By::Engine, "/x", Found::Missing(Missing::default()))).fits(&CHECK);
    }
}
