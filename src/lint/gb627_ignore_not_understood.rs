//! `# gobuild: ignore=GB61` takes nothing back, and whoever wrote it believes that it does.

use super::facts::Facts;
use super::{Remark, Rule, silenced};
use crate::diagnostics::catalog::{self, DOCKERFILES};
use crate::diagnostics::evidence::gb627::IgnoreNotUnderstood;
use crate::suggest::closest;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB627, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let unknown = silenced::all(facts.resolved.file).into_iter().filter(|found| found.rule.is_none());
    unknown
        .map(|found| {
            let word = found.word;
            let evidence = IgnoreNotUnderstood {
                word: word.to_owned(),
                is_name: !word.contains(['=', ' ']) && !word.is_empty(),
                nearest: closest(word, DOCKERFILES.iter().flat_map(|rule| [rule.id, rule.name])),
            };
            super::found(&found.span, evidence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, said};

    #[test]
    fn fires() {
        assert_eq!(said(&RULE, &last("scratch", "# gobuild: ignore=GB699\n")), ["GB699"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", "# gobuild: ignore=GB601 as we know\n"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &last("scratch", "# gobuild wrote this\n"));
    }
}
