//! The first line of a script ends as Windows ends lines.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb705::CarriageReturn;
use crate::image::start::{By, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB705, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let (By::Line { .. } | By::EnvLine { .. }) = &step.by else { return Outcome::Fits };
    let found = |argument| CarriageReturn { starting: step.into(), argument };
    if matches!(step.found, Found::Missing(_)) && step.word.ends_with('\r') {
        return Outcome::misfit(found(None));
    }
    match &step.argument {
        // What `env` is given is a step of its own.
        Some(argument) if argument.ends_with('\r') && !step.word.ends_with("/env") => {
            let found = found(Some(argument.clone()));
            // Another interpreter may pass over it; a shell takes it for an option that it does not have.
            if is_shell(&step.word) { Outcome::misfit(found) } else { Outcome::cannot_tell(found) }
        }
        _ => Outcome::Fits,
    }
}

fn is_shell(path: &str) -> bool {
    path.ends_with("sh")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::start::Missing;

    fn asked(by: fn(String) -> By, word: &str, argument: Option<&str>, there: bool) -> Case {
        let missing = || Found::Missing(Missing { path: word.to_owned(), ..Missing::default() });
        let found = if there { fix::program(word) } else { missing() };
        let mut step = fix::step(by("/run.sh".to_owned()), word, found);
        step.argument = argument.map(str::to_owned);
        Case::starting(step)
    }

    #[test]
    fn an_interpreter_that_ends_in_one_does_not_fit() {
        let details = asked(|script| By::Line { script }, "/bin/sh\r", None, false).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            ["/run.sh asks for /bin/sh\\r (its #! line)", "corp/app:1 has no file named /bin/sh\\r"]
        );
        assert_eq!(details.production.unwrap(), "exec /run.sh: no such file or directory");
        assert_eq!(details.help[0], "sed -i 's/\\r$//' run.sh");
        let details = asked(|script| By::EnvLine { script }, "bash\r", None, false).misfit(&CHECK);
        assert_eq!(details.production.unwrap(), "env: 'bash\\r': No such file or directory");
        asked(|script| By::Line { script }, "/bin/sh", Some("-e\r"), true).misfit(&CHECK);
    }

    #[test]
    fn what_an_interpreter_makes_of_it_nobody_knows() {
        asked(|script| By::Line { script }, "/usr/bin/python3", Some("-u\r"), true).cannot_tell(&CHECK);
    }

    #[test]
    fn an_argument_says_nothing_of_the_files_that_the_image_has() {
        let details = asked(|script| By::Line { script }, "/bin/sh", Some("-e\r"), false).misfit(&CHECK);
        assert_eq!(lines(&details), ["/run.sh asks for -e\\r (its #! line)"]);
    }

    #[test]
    fn plain_lines_fit() {
        asked(|script| By::Line { script }, "/bin/sh", Some("-e"), true).fits(&CHECK);
        asked(|script| By::Line { script }, "/bin/sh", None, true).fits(&CHECK);
        asked(|script| By::Line { script }, "/usr/bin/env", Some("bash\r"), true).fits(&CHECK);
        asked(|script| By::Line { script }, "/bin/bash", None, false).fits(&CHECK);
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
    }
}
