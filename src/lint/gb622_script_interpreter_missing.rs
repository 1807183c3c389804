//! `#!/bin/bash` on alpine: what is missing is bash, and the message names the script.

use super::contents;
use super::facts::Facts;
use super::scripts::scripts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb622::ScriptInterpreterMissing;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB622, run };

/// What images with this shell alone have.
const BUSYBOX: &[&str] = &["sh", "ash", "busybox", "env"];

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let mut found: Vec<Remark> = Vec::new();
    for script in scripts(facts) {
        let stage = script.file.stage;
        let Some(image) = facts.image(stage) else { continue };
        let Fact::Known(shell) = &image.shell else { continue };
        let small = matches!(image.libc, Fact::Known(Libc::Musl(_))) && shell.as_deref() == Some("/bin/sh");
        let first = script.text.lines().next().unwrap_or_default().trim_end();
        let Some(line) = first.strip_prefix("#!") else { continue };
        let mut words = line.split_whitespace();
        let program = words.next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let program = if program == "env" {
            words.find(|word| !word.starts_with('-')).unwrap_or("env")
        } else {
            program
        };
        let missing = shell.is_none() || (small && !BUSYBOX.contains(&program));
        // A RUN that starts the script by its name is none that brings the interpreter.
        let brought = facts.may_install(stage, &[program]) || contents::brings_to(facts, stage, &[program]);
        if !missing || brought {
            continue;
        }
        let evidence = ScriptInterpreterMissing {
            script: script.file.copied(),
            first_line: first.to_owned(),
            interpreter: program.to_owned(),
            image: image.written.clone(),
            shell: shell.clone(),
        };
        found.push(super::found(&script.file.span, evidence));
    }
    found
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
                "FROM alpine:3.24\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
                &[("run.sh", "#!/bin/bash\n")]
            ),
            ["COPY run.sh /run.sh"]
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
            "FROM alpine:3.24\nRUN apk add bash\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/usr/bin/env bash\n")],
        );
        quiet_with(
            &RULE,
            "FROM debian:13\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/bin/bash\n")],
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            "FROM registry.example.com/base:7\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/bin/bash\n")],
        );
    }
}
