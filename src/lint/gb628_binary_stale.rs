//! A binary from before the last commit lies in the context, and the image gets it instead of what was meant.
//!
//! The times of files are not asked: git sets them when it checks out, whatever is older.

use super::contents;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb628::BinaryStale;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB628, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    for one in contents::placed(facts).unwrap_or_default() {
        let Some(path) = one.from_context.filter(|path| !facts.context.is_ignored(path)) else { continue };
        let Some(stamp) = facts.context.stamp(&path) else { continue };
        // A tool of somebody else has commits of its own.
        if Some(&stamp.module) != facts.source.module.as_ref() {
            continue;
        }
        let Some(head) = facts.context.head().filter(|head| *head != stamp.revision) else { continue };
        let evidence = BinaryStale { path, revision: stamp.revision, modified: stamp.modified, head };
        found.push(super::found(&one.span, evidence));
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
            said_with(&RULE, "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n", &[("app", "amd64")]),
            ["COPY app /app"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(&RULE, &last("alpine:3.24", ""), &[("app", "amd64")]);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n",
            &[("app", "amd64"), ("go.mod", "module example.com/other\n")],
        );
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY app /app\nENTRYPOINT [\"/app\"]\n",
            &[("app", "amd64"), (".dockerignore", "app\n")],
        );
    }
}
