//! `#!/bin/sh\\r` names an interpreter that nobody has.

use super::facts::Facts;
use super::scripts::scripts;
use super::{Remark, Rule, remark};
use crate::checks::Severity;

pub(super) static RULE: Rule = Rule {
    id: "GB621",
    name: "script-line-endings",
    severity: Severity::Error,
    summary: "a script is started whose lines end as on Windows",
    page: include_str!("../../../docs/checks/GB621.md"),
    run,
};

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let scripts = scripts(facts);
    let wrong = scripts
        .iter()
        .filter(|script| script.text.lines().next().is_some() && first_line(&script.text).ends_with('\r'));
    let said = wrong.map(|script| {
        remark(&script.span, format!("the lines of {} end in a carriage return", script.path))
            .evidence(format!("{} begins", script.path), format!("{:?}", first_line(&script.text)))
            .evidence(
                "the kernel looks for",
                format!("{:?}", first_line(&script.text).trim_start_matches("#!")),
            )
            .reads(format!("exec {}: no such file or directory", script.lands))
            .help(format!("sed -i 's/\\r$//' {}", script.path))
            .help(format!("keep git from it, in .gitattributes: {} text eol=lf", script.path))
    });
    said.collect()
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}
