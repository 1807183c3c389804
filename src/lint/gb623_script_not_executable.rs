//! A file keeps the mode that it has in the context.

use super::facts::Facts;
use super::scripts::started;
use super::{Remark, Rule, found};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb623::ScriptNotExecutable;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB623, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let wrong = started(facts).into_iter().filter(|one| {
        !one.chmod && one.executable == Some(false) && !facts.runs_program(one.stage, &["chmod", "install"])
    });
    wrong.map(|one| found(&one.span, ScriptNotExecutable { file: one.copied() })).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet_with, said_with};

    #[test]
    fn fires() {
        assert_eq!(
            said_with(
                &RULE,
                "FROM alpine:3.24\nCOPY plain.sh /plain.sh\nENTRYPOINT [\"/plain.sh\"]\n",
                &[("plain.sh", "#!/bin/sh\n")]
            ),
            ["COPY plain.sh /plain.sh"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/bin/sh\n")],
        );
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY --chmod=755 plain.sh /plain.sh\nENTRYPOINT [\"/plain.sh\"]\n",
            &[("plain.sh", "#!/bin/sh\n")],
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY plain.sh /plain.sh\nRUN chmod +x /*.sh\nENTRYPOINT [\"/plain.sh\"]\n",
            &[("plain.sh", "#!/bin/sh\n")],
        );
    }
}
