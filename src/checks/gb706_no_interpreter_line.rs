//! What is to be started is neither a program nor a script that says what reads it.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb706::{self, NoInterpreterLine};
use crate::image::start::script::Flaw;
use crate::image::start::{By, Content, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB706, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::File { path, content, .. } = &step.found else { return Outcome::Fits };
    let found = |content| NoInterpreterLine { starting: step.into(), path: path.clone(), content };
    let flaw = match content {
        Content::Program | Content::Script(_) => return Outcome::Fits,
        Content::Neither(flaw) => *flaw,
        Content::Unread(reason) => {
            return Outcome::cannot_tell(found(gb706::Content::Unread { reason: reason.clone() }));
        }
    };
    let found = found(gb706::Content::Neither { flaw });
    match &step.by {
        By::Engine | By::Line { .. } | By::TooDeep { .. } => Outcome::misfit(found),
        By::Wrapper { name } if name == "gosu" => Outcome::misfit(found),
        // glibc's execvp then has /bin/sh read it, musl's has not, and Go's has not.
        By::Wrapper { .. } | By::EnvLine { .. } => Outcome::cannot_tell(found),
        // A shell reads as its own script what the kernel refuses, unless it is binary.
        By::Shell { .. } if flaw == Flaw::Binary => Outcome::misfit(found),
        By::Shell { .. } | By::Reader { .. } => Outcome::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn flawed(by: By, flaw: Flaw) -> Case {
        let found = Found::File {
            path: "/run.sh".to_owned(),
            real: "/run.sh".to_owned(),
            content: Content::Neither(flaw),
        };
        Case::starting(fix::step(by, "/run.sh", found))
    }

    #[test]
    fn the_kernel_refuses_a_text() {
        let details = flawed(By::Engine, Flaw::NoLine).misfit(&CHECK);
        assert_eq!(lines(&details), ["corp/app:1 starts /run.sh", "corp/app:1 has a text without a #! line"]);
        assert_eq!(details.production.unwrap(), "exec /run.sh: exec format error");
        for flaw in [Flaw::Empty, Flaw::Mark, Flaw::NotFirst, Flaw::Nothing, Flaw::TooLong, Flaw::Binary] {
            flawed(By::Engine, flaw).misfit(&CHECK);
        }
        flawed(By::Wrapper { name: "gosu".to_owned() }, Flaw::NoLine).misfit(&CHECK);
    }

    #[test]
    fn what_a_wrappers_c_library_does_with_it_nobody_knows() {
        flawed(By::Wrapper { name: "tini".to_owned() }, Flaw::NoLine).cannot_tell(&CHECK);
        let found = Found::File {
            path: "/x".to_owned(),
            real: "/x".to_owned(),
            content: Content::Unread("permission denied".to_owned()),
        };
        Case::starting(fix::step(By::Engine, "/x", found)).cannot_tell(&CHECK);
    }

    #[test]
    fn a_shell_reads_it_itself() {
        flawed(By::Shell { name: "sh".to_owned(), busybox: false }, Flaw::NoLine).fits(&CHECK);
        flawed(By::Reader { name: "sh".to_owned() }, Flaw::NoLine).fits(&CHECK);
        flawed(By::Shell { name: "sh".to_owned(), busybox: false }, Flaw::Binary).misfit(&CHECK);
        Case::starting(fix::step(By::Engine, "/app", fix::program("/app"))).fits(&CHECK);
    }
}
