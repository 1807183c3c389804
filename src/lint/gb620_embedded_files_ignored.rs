//! `//go:embed` needs its files where go runs; .dockerignore knows nothing of it.

use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb620::EmbeddedFilesIgnored;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB620, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    // Only where the whole context is copied to a stage that builds: else what is there hangs on every COPY.
    let copies = |stage: usize| {
        facts.copies(stage).into_iter().find(|(_, copy)| {
            copy.from.is_none()
                && copy.sources.iter().any(|word| matches!(word.text.as_str(), "." | "./" | "/"))
        })
    };
    if facts.context.is_cut() {
        return Vec::new();
    }
    // Whichever program a build makes: only what is in it has to find its files.
    let asked = facts.builds.iter().filter_map(|build| {
        let (at, _) = copies(build.stage)?;
        Some((at, facts.code(build, false)?))
    });
    let embeds = asked.flat_map(|(at, code)| code.embeds.into_iter().map(move |embed| (at, embed)));
    let mut found = Vec::new();
    for (at, (file, pattern)) in embeds {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let pattern_path = pattern.strip_prefix("all:").unwrap_or(&pattern);
        let path = crate::dockerfile::model::joined(&format!("/{folder}"), pattern_path)
            .trim_start_matches('/')
            .to_owned();
        let matches = super::IgnoreFile::parse(&path);
        let mut files = facts
            .context
            .entries()
            .iter()
            .filter(|entry| !entry.folder && matches.is_ignored(&entry.path))
            .peekable();
        let there = files.peek().is_some();
        if there && files.all(|entry| facts.context.is_ignored(&entry.path)) {
            let evidence = EmbeddedFilesIgnored { file: file.clone(), pattern: pattern.clone(), path };
            found.push(super::found(&at.step.span, evidence));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet_with, said_with};

    #[test]
    fn fires() {
        assert_eq!(
            said_with(
                &RULE,
                &last("scratch", ""),
                &[
                    (
                        "main.go",
                        "package main\n\nimport \"embed\"\n\n//go:embed static\nvar files embed.FS\n\nfunc main() {}\n"
                    ),
                    ("static/x", ""),
                    (".dockerignore", "static\n")
                ]
            ),
            ["COPY . ."]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(
            &RULE,
            &last("scratch", ""),
            &[
                (
                    "main.go",
                    "package main\n\nimport \"embed\"\n\n//go:embed static\nvar files embed.FS\n\nfunc main() {}\n",
                ),
                ("static/x", ""),
            ],
        );
    }

    #[test]
    fn asks_the_program_that_is_built() {
        let files = [
            ("cmd/a/main.go", "package main\n\nfunc main() {}\n"),
            (
                "cmd/b/main.go",
                "package main\n\nimport \"embed\"\n\n//go:embed web/*\nvar files embed.FS\n\nfunc main() {}\n",
            ),
            ("cmd/b/web/x", ""),
            (".dockerignore", "cmd/b/web\n"),
        ];
        let file = last("scratch", "");
        quiet_with(&RULE, &file.replace("-o /app .", "-o /app ./cmd/a"), &files);
        assert_eq!(said_with(&RULE, &file.replace("-o /app .", "-o /app ./cmd/b"), &files), ["COPY . ."]);
        assert_eq!(said_with(&RULE, &file.replace("-o /app .", "-o /app ./..."), &files), ["COPY . ."]);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            &last("scratch", ""),
            &[
                (
                    "main.go",
                    "package main\n\nimport \"embed\"\n\n//go:embed static\nvar files embed.FS\n\nfunc main() {}\n",
                ),
                (".dockerignore", "static\n"),
            ],
        );
    }
}
