//! GB625 in words.

use super::shared::line;
use crate::diagnostics::evidence::gb625::VcsStampingFails;
use crate::diagnostics::{Line, Message};

pub(super) fn message(found: &VcsStampingFails) -> Message {
    match found {
        VcsStampingFails::WithoutGit { image } => without_git(image),
        VcsStampingFails::GitIsFile => refused(line(
            ".git is",
            "a file that points to a folder outside of the build (a worktree or submodule)",
        )),
        VcsStampingFails::PartIgnored { path } => {
            refused(line(".dockerignore excludes", format!("{path}, but not all of .git")))
        }
        VcsStampingFails::OtherOwner { user, owner } => {
            refused(line("go runs as", format!("{user}, and .git belongs to {owner}")))
        }
    }
}

fn refused(why: Line) -> Message {
    Message {
        title: "go asks git for the revision, and git refuses".to_owned(),
        evidence: vec![line("the build gets", ".git"), why],
        production: Some(
            "error obtaining VCS status: exit status 128. Use -buildvcs=false to disable VCS stamping."
                .to_owned(),
        ),
        cause: None,
        help: vec![
            "keep .git out of the build, in .dockerignore: .git".to_owned(),
            "or go build -buildvcs=false".to_owned(),
        ],
    }
}

fn without_git(image: &str) -> Message {
    Message {
        title: "go needs git for the revision, but this stage has no git".to_owned(),
        evidence: vec![line("the build says", "-buildvcs=true"), line(format!("{image} has"), "no git")],
        production: Some(
            "error obtaining VCS status: exec: \"git\": executable file not found in $PATH".to_owned(),
        ),
        cause: None,
        help: vec![
            "before it: RUN apk add --no-cache git".to_owned(),
            "or leave it to go: -buildvcs=auto".to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_git_refuse_is_named() {
        for (found, label, value) in [
            (
                VcsStampingFails::GitIsFile,
                ".git is",
                "a file that points to a folder outside of the build (a worktree or submodule)",
            ),
            (
                VcsStampingFails::PartIgnored { path: ".git/objects".to_owned() },
                ".dockerignore excludes",
                ".git/objects, but not all of .git",
            ),
            (
                VcsStampingFails::OtherOwner { user: "app".to_owned(), owner: "root".to_owned() },
                "go runs as",
                "app, and .git belongs to root",
            ),
        ] {
            assert_eq!(message(&found).evidence, [line("the build gets", ".git"), line(label, value)]);
        }
    }

    #[test]
    fn where_there_is_no_git_it_can_be_added() {
        let said = message(&VcsStampingFails::WithoutGit { image: "golang:1.27-alpine".to_owned() });
        assert_eq!(said.title, "go needs git for the revision, but this stage has no git");
        assert_eq!(
            said.evidence,
            [line("the build says", "-buildvcs=true"), line("golang:1.27-alpine has", "no git")]
        );
        assert_eq!(said.help, ["before it: RUN apk add --no-cache git", "or leave it to go: -buildvcs=auto"]);
    }
}
