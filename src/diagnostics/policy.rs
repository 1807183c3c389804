//! What the user said of single checks and rules.

use std::collections::BTreeSet;

use super::{Diagnostic, Severity, catalog};
use crate::error::{Error, Result};

/// `--allow GB104`, `--deny amd64-level`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Policy {
    /// Ids whose errors are only said.
    pub allow: BTreeSet<&'static str>,
    /// Ids whose warnings reject.
    pub deny: BTreeSet<&'static str>,
}

impl Policy {
    /// Reads ids and names as the user wrote them, in any case.
    ///
    /// # Errors
    /// A word that nothing is called by (with the nearest one), or an id in both lists.
    pub fn parse<S: AsRef<str>>(allow: &[S], deny: &[S]) -> Result<Self> {
        let ids = |words: &[S]| -> Result<BTreeSet<&'static str>> {
            words.iter().map(|word| catalog::find(word.as_ref()).map(|found| found.id)).collect()
        };
        let policy = Self { allow: ids(allow)?, deny: ids(deny)? };
        match policy.allow.intersection(&policy.deny).next() {
            Some(both) => Err(Error::new(format!("{both} is both allowed and denied"))
                .help(format!("leave one of them out: --allow {both} or --deny {both}"))),
            None => Ok(policy),
        }
    }

    /// What a misfit weighs that by itself weighs `own`.
    pub fn severity(&self, diagnostic: &Diagnostic, own: Severity) -> Severity {
        match own {
            Severity::Error if self.allow.contains(diagnostic.id) => Severity::Warning,
            Severity::Warning if self.deny.contains(diagnostic.id) => Severity::Error,
            own => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_or_a_contradiction_is_an_error() {
        let error = Policy::parse(&["GB2O1"], &[]).unwrap_err();
        assert_eq!(error.help, ["did you mean `GB201`?"]);
        let error = Policy::parse(&["GB201"], &["loader-missing"]).unwrap_err();
        assert_eq!(error.message, "GB201 is both allowed and denied");
    }

    #[test]
    fn checks_and_rules_are_taken_alike() {
        let policy = Policy::parse(&["GB201", "libc-missing"], &["GB301"]).unwrap();
        let weight = |found: &'static Diagnostic| policy.severity(found, found.severity);
        assert_eq!(weight(&catalog::GB201), Severity::Warning);
        assert_eq!(weight(&catalog::GB601), Severity::Warning);
        assert_eq!(weight(&catalog::GB301), Severity::Error);
        assert_eq!(weight(&catalog::GB202), Severity::Error);
    }
}
