//! `# gobuild: ignore=GB61` takes nothing back, and whoever wrote it believes that it does.

use super::facts::Facts;
use super::{Remark, Rule, remark, silenced};
use crate::diagnostics::catalog::{self, DOCKERFILES};
use crate::suggest::closest;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB627, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let unknown = silenced::all(facts.resolved.file).into_iter().filter(|found| found.rule.is_none());
    unknown
        .map(|found| {
            let word = found.word;
            let near = closest(word, DOCKERFILES.iter().flat_map(|rule| [rule.id, rule.name]));
            let said = if word.contains('=') || word.contains(' ') || word.is_empty() {
                remark(&found.span, "the comment is not understood, and takes nothing back")
                    .evidence("the file says", format!("gobuild: {word}"))
                    .evidence("understood is", "gobuild: ignore=GB601,GB602")
            } else {
                remark(&found.span, format!("there is no rule `{word}` for Dockerfiles"))
                    .evidence("the comment says", format!("ignore={word}"))
                    .evidence("it takes back", "nothing")
            };
            match near {
                Some(near) => said.help(format!("did you mean {near}?")),
                None => said.help("docs/lint.md has the list of rules"),
            }
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
