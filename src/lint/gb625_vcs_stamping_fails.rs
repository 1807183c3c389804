//! With .git in the build go asks git, which refuses a folder of somebody else or one that is not whole.

use super::facts::Facts;
use super::golang::is_golang;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb625::VcsStampingFails;
use crate::dockerfile::parse::What;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB625, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let context = facts.context;
    let Some(git) = context.entry(".git").filter(|_| !context.is_ignored(".git")) else { return Vec::new() };
    let mut found = Vec::new();
    for build in &facts.builds {
        let copied = facts.copies(build.stage).into_iter().find(|(_, copy)| {
            copy.from.is_none()
                && copy.sources.iter().any(|word| matches!(word.text.as_str(), "." | "./" | "/" | ".git"))
        });
        let Some((_, copy)) = copied else { continue };
        let off = build.line.may_say("buildvcs", "false")
            || facts
                .ran(build.stage)
                .any(|ran| ran.is("git") && ran.words.iter().any(|word| word == "safe.directory"));
        let file_arguments = build.line.packages.iter().any(|word| word.strip_suffix(".go").is_some());
        // A tool at its version is not of the module: its revision is not asked for.
        let tool = build.line.packages.iter().any(|word| word.contains('@'));
        if off || file_arguments || tool {
            continue;
        }
        match has_git(facts, build.stage) {
            Some(true) => {}
            // Without git go leaves the revision out, unless it was told to have it.
            Some(false) if build.line.says("buildvcs", "true") => {
                let image = facts.resolved.image(build.stage).unwrap_or_default().to_owned();
                found.push(super::found(&build.span, VcsStampingFails::WithoutGit { image }));
                continue;
            }
            _ => continue,
        }
        let mut user = facts.steps(build.stage).into_iter().filter_map(|at| match &at.step.what {
            What::User(word) if (at.stage, at.index) < (build.stage, build.index) => Some(word.text.clone()),
            _ => None,
        });
        let user = user.next_back().unwrap_or_else(|| "root".to_owned());
        let owner = copy.chown.as_deref().unwrap_or("root");
        let name = |text: &str| match text.split(':').next().unwrap_or_default() {
            "0" => "root".to_owned(),
            name => name.to_owned(),
        };
        let half = [".git/objects", ".git/HEAD", ".git/refs"].iter().find(|path| context.is_ignored(path));
        let evidence = if !git.folder {
            VcsStampingFails::GitIsFile
        } else if let Some(half) = half {
            VcsStampingFails::PartIgnored { path: (*half).to_owned() }
        } else if !user.contains('$')
            && !owner.contains('$')
            && name(&user) != name(owner)
            && name(&user) != "root"
        {
            VcsStampingFails::OtherOwner { owner: owner.to_owned(), user }
        } else {
            continue;
        };
        found.push(super::found(&build.span, evidence));
    }
    found
}

/// golang on Debian has git; on alpine it has to be added.
fn has_git(facts: &Facts<'_>, stage: usize) -> Option<bool> {
    if facts.may_install(stage, &["git"]) {
        return Some(true);
    }
    let name = facts.resolved.image(stage).ok()?;
    is_golang(name)
        .then(|| matches!(facts.image(stage).map(|image| image.libc), Some(Fact::Known(Libc::Glibc(_)))))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, quiet_with, said_with, two};

    #[test]
    fn fires() {
        assert_eq!(
            said_with(
                &RULE,
                &two(
                    "golang:1.27-bookworm",
                    "id\nUSER 1000\nRUN CGO_ENABLED=0 go build -o /app .",
                    "scratch"
                ),
                &[(".git/HEAD", "ref: refs/heads/main\n")]
            ),
            ["go build -o /app ."]
        );
        assert_eq!(
            said_with(
                &RULE,
                &two("golang:1.27-alpine", "CGO_ENABLED=0 go build -buildvcs=true -o /app .", "scratch"),
                &[(".git/HEAD", "ref: refs/heads/main\n")]
            ),
            ["go build -buildvcs=true -o /app ."]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(
            &RULE,
            &two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", "scratch"),
            &[(".git/HEAD", "ref: refs/heads/main\n")],
        );
        quiet_with(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "id\nUSER 1000\nRUN CGO_ENABLED=0 go build -buildvcs=false -o /app .",
                "scratch",
            ),
            &[(".git/HEAD", "ref: refs/heads/main\n")],
        );
        quiet(
            &RULE,
            &two("golang:1.27-bookworm", "id\nUSER 1000\nRUN CGO_ENABLED=0 go build -o /app .", "scratch"),
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            &two(
                "golang:1.27-bookworm",
                "id\nARG WHO\nUSER $WHO\nRUN CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
            &[(".git/HEAD", "ref: refs/heads/main\n")],
        );
        quiet_with(
            &RULE,
            &two(
                "registry.example.com/base:7",
                "id\nUSER 1000\nRUN CGO_ENABLED=0 go build -o /app .",
                "scratch",
            ),
            &[(".git/HEAD", "ref: refs/heads/main\n")],
        );
    }
}
