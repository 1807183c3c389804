//! The build gets what is in the context and not in .dockerignore, and nothing else.

use super::facts::{At, Facts};
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb618::{Absence, SourceMissing};
use crate::dockerfile::parse::What;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB618, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    let reached = facts.resolved.reached(facts.last);
    for (stage, resolved) in facts.resolved.stages.iter().enumerate() {
        for (index, step) in resolved.parsed.steps.iter().enumerate() {
            let What::Copy(copy) = &step.what else { continue };
            if copy.from.is_some() || !reached.contains(&stage) {
                continue;
            }
            for word in &copy.sources {
                let Some(path) = facts.known(At { stage, index, step }, &word.text) else { continue };
                if let Some(absence) = absence(facts, &path) {
                    found.push(super::found(&word.span, SourceMissing { path, absence }));
                }
            }
        }
    }
    found
}

fn absence(facts: &Facts<'_>, path: &str) -> Option<Absence> {
    let is_url = path.contains("://") || path.starts_with("git@");
    let is_pattern = path.contains(['*', '?', '[']);
    let clean = crate::dockerfile::model::joined("/", path).trim_start_matches('/').to_owned();
    if is_url || is_pattern || clean.is_empty() {
        return None;
    }
    match facts.context.entry(&clean) {
        Some(entry) => {
            let below = format!("{clean}/");
            let mut inside = facts.context.entries().iter().filter(|one| one.path.starts_with(&below));
            // A folder of which something is taken back is still there.
            let rest = entry.folder
                && (facts.context.is_cut()
                    || inside.any(|one| !one.folder && !facts.context.is_ignored(&one.path)));
            (facts.context.is_ignored(&clean) && !rest).then_some(Absence::Ignored)
        }
        None => (!facts.context.is_there(&clean) && !is_made(facts, &clean)).then_some(Absence::NotInContext),
    }
}

/// Whether it is to be made before the image is: goreleaser does, and what git ignores comes from a build.
fn is_made(facts: &Facts<'_>, path: &str) -> bool {
    let goreleaser =
        ["", "."].iter().flat_map(|dot| ["yml", "yaml"].map(|end| format!("{dot}goreleaser.{end}")));
    let releases = goreleaser.into_iter().any(|name| facts.context.entry(&name).is_some());
    let ignored = facts.context.text(".gitignore").is_some_and(|text| {
        // git's patterns hold in every folder unless they begin with a slash.
        let both: String = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .fold(String::new(), |text, line| match line.strip_prefix('!') {
                Some(rest) => format!("{text}!{rest}\n!**/{rest}\n"),
                None if line.starts_with('/') => format!("{text}{line}\n"),
                None => format!("{text}{line}\n**/{line}\n"),
            });
        super::IgnoreFile::parse(&both).is_ignored(path)
    });
    releases || ignored || is_built(facts, path)
}

/// Whether gobuild writes it: the output of gobuild.toml, or the name that go takes from the module.
fn is_built(facts: &Facts<'_>, path: &str) -> bool {
    let Some(config) = facts.context.text("gobuild.toml") else { return false };
    let module = facts.source.module.as_deref().and_then(|module| module.rsplit('/').next());
    config.contains(&format!("\"{path}\"")) || module == Some(path)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, quiet_with, said, said_with};

    #[test]
    fn fires() {
        assert_eq!(said(&RULE, &last("scratch", "COPY none /none\n")), ["none"]);
        assert_eq!(
            said_with(
                &RULE,
                &last("scratch", "COPY x.yaml /x\n"),
                &[("x.yaml", ""), (".dockerignore", "*.yaml\n")]
            ),
            ["x.yaml"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", "COPY main.go /x\n"));
        quiet_with(
            &RULE,
            &last("scratch", "COPY x.yaml /x\n"),
            &[("x.yaml", ""), (".dockerignore", "*.yaml\n!x.yaml\n")],
        );
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("scratch", "ARG NAME\nCOPY $NAME /x\n"));
        quiet_with(&RULE, &last("scratch", "COPY dist/none /none\n"), &[(".gitignore", "dist/\n")]);
        quiet_with(&RULE, &last("scratch", "COPY none /none\n"), &[(".goreleaser.yml", "")]);
        quiet(&RULE, &last("scratch", "ADD https://example.com/x /x\n"));
    }
}
