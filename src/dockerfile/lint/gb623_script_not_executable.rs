//! A file keeps the mode that it has in the context.

use super::facts::Facts;
use super::scripts::started;
use super::{Remark, Rule, remark};
use crate::checks::Severity;

pub(super) static RULE: Rule = Rule {
    id: "GB623",
    name: "script-not-executable",
    severity: Severity::Error,
    summary: "what is started has no mode to be started with",
    page: include_str!("../../../docs/checks/GB623.md"),
    run,
};

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    if facts.runs_with(facts.last, &["chmod"]) {
        return Vec::new();
    }
    let wrong = started(facts).into_iter().filter(|one| !one.chmod && one.executable == Some(false));
    wrong
        .map(|one| {
            remark(&one.span, format!("{} is started, and has no mode for it", one.path))
                .evidence(format!("{} has", one.path), "no x in its mode")
                .evidence("COPY", "keeps the mode of the context")
                .reads(format!("exec {}: permission denied", one.lands))
                .help("COPY --chmod=755, or chmod +x in the context")
        })
        .collect()
}
