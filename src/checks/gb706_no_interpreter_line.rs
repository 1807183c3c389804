//! What is to be started is neither a program nor a script that says what reads it.

use super::starting::{image, named_by, refused};
use super::words::{line, noted};
use super::{Check, Outcome, Subject};
use crate::diagnostics::{Message, catalog};
use crate::image::start::script::Flaw;
use crate::image::start::{By, Content, Found};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB706, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(step) = subject.start else { return Outcome::Fits };
    let Found::File { path, content, .. } = &step.found else { return Outcome::Fits };
    let has = format!("{} has", image(subject));
    let flaw = match content {
        Content::Program | Content::Script(_) => return Outcome::Fits,
        Content::Neither(flaw) => *flaw,
        Content::Unread(reason) => {
            return Outcome::cannot_tell(Message {
                title: format!("{path} could not be read"),
                evidence: vec![named_by(subject, step), noted(has, path.clone(), reason.clone())],
                production: None,
                cause: None,
                help: vec!["read the image again, as a user who may read all of it".to_owned()],
            });
        }
    };
    let what = match flaw {
        Flaw::Empty => "an empty file",
        Flaw::NoLine => "a text without a #! line",
        Flaw::Mark => "a script with a byte order mark in front of its #! line",
        Flaw::NotFirst => "a script whose #! is not its very first bytes",
        Flaw::Nothing => "a script whose #! line names nothing",
        Flaw::TooLong => "a script whose #! line is longer than the 255 bytes that the kernel reads",
        Flaw::Binary => "neither a program nor a text",
    };
    let help = match flaw {
        Flaw::NoLine | Flaw::Nothing => {
            "begin it with #!/bin/sh, or start it through a shell: ENTRYPOINT [\"/bin/sh\", \
             \"/run.sh\"]"
                .replace("/run.sh", path)
        }
        Flaw::Mark | Flaw::NotFirst => {
            format!("sed -i '1s/^[^#]*//' {}", path.rsplit('/').next().unwrap_or(path))
        }
        Flaw::TooLong => "name a shorter path in the #! line, or a link to it".to_owned(),
        Flaw::Empty | Flaw::Binary => format!("copy the program itself: COPY --chmod=755 app {path}"),
    };
    let details = Message {
        title: format!("{path} is neither a program nor a script with a #! line"),
        evidence: vec![named_by(subject, step), line(has, what)],
        production: Some(refused(step, "exec format error")),
        cause: None,
        help: vec![help],
    };
    match &step.by {
        By::Engine | By::Line { .. } | By::TooDeep { .. } => Outcome::misfit(Message {
            production: Some(format!("exec {}: exec format error", step.word)),
            ..details
        }),
        By::Wrapper { name } if name == "gosu" => Outcome::misfit(details),
        // glibc's execvp then has /bin/sh read it, musl's has not, and Go's has not.
        By::Wrapper { .. } | By::EnvLine { .. } => Outcome::cannot_tell(details),
        // A shell reads as its own script what the kernel refuses, unless it is binary.
        By::Shell { .. } if flaw == Flaw::Binary => Outcome::misfit(details),
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
