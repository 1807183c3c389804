//! `#!/bin/bash` on alpine: what is missing is bash, and the message names the script.

use super::contents;
use super::facts::Facts;
use super::scripts::scripts;
use super::{Remark, Rule, remark};
use crate::checks::Severity;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule {
    id: "GB622",
    name: "script-interpreter-missing",
    severity: Severity::Error,
    summary: "a script is started whose interpreter the image does not have",
    page: include_str!("../../../docs/checks/GB622.md"),
    run,
};

/// What images with this shell alone have.
const BUSYBOX: &[&str] = &["sh", "ash", "busybox", "env"];

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let small = matches!(image.libc, Fact::Known(Libc::Musl(_)))
        && image.shell == Fact::Known(Some("/bin/sh".to_owned()));
    let none = image.shell == Fact::Known(None);
    let mut found = Vec::new();
    for script in scripts(facts) {
        let first = script.text.lines().next().unwrap_or_default().trim_end();
        let Some(line) = first.strip_prefix("#!") else { continue };
        let mut words = line.split_whitespace();
        let program = words.next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let program = if program == "env" {
            words.find(|word| !word.starts_with('-')).unwrap_or("env")
        } else {
            program
        };
        let missing = none || (small && !BUSYBOX.contains(&program));
        if !missing || facts.runs_with(facts.last, &[program]) || contents::brings(facts, &[program]) {
            continue;
        }
        found.push(
            remark(&script.span, format!("{} is for {program}, which the image does not have", script.path))
                .evidence(format!("{} begins", script.path), first)
                .evidence(
                    format!("{} has", image.written),
                    if none { "no shell" } else { "/bin/sh of busybox" },
                )
                .reads(format!("exec {}: no such file or directory", script.lands))
                .help(if none {
                    "start the program itself".to_owned()
                } else {
                    format!("RUN apk add --no-cache {program}, or write it for /bin/sh")
                }),
        );
    }
    found
}
