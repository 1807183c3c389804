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
    let wrong = started(facts).into_iter().filter(|one| {
        !one.chmod && one.executable == Some(false) && !facts.runs_with(one.stage, &["chmod", "install"])
    });
    let mut found: Vec<Remark> = Vec::new();
    for one in wrong {
        let reads = if one.run {
            format!("/bin/sh: {}: Permission denied", one.lands)
        } else {
            format!("exec {}: permission denied", one.lands)
        };
        let said = remark(&one.span, format!("{} is started, and has no mode for it", one.path))
            .evidence(format!("{} has", one.path), "no x in its mode")
            .evidence("COPY", "keeps the mode of the context")
            .reads(reads)
            .help("COPY --chmod=755, or chmod +x in the context");
        if !found.contains(&said) {
            found.push(said);
        }
    }
    found
}
