//! scratch has no /tmp, and uploads of more than 32 MB go there.

use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule, found};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb615::TemporaryFolderNotMade;
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB615, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image().filter(|image| image.tmp == Fact::Known(false)) else {
        return Vec::new();
    };
    let brought =
        facts.names_path(facts.last, &["/tmp"]) || facts.sets_variable("TMPDIR") || brings(facts, &["/tmp"]);
    if !facts.program(false).is_some_and(|code| code.makes_temporary_files) || brought {
        return Vec::new();
    }
    let from = &facts.resolved.bottom(facts.last).parsed.image;
    vec![found(&from.span, TemporaryFolderNotMade { image: image.written.clone() })]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, quiet_with, said_with};

    const PROGRAM: &[(&str, &str)] =
        &[("main.go", "package main\n\nimport \"os\"\n\nfunc main() { os.CreateTemp(\"\", \"x\") }\n")];

    #[test]
    fn fires() {
        assert_eq!(said_with(&RULE, &last("scratch", ""), PROGRAM), ["scratch"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", ""));
        quiet_with(&RULE, &last("alpine:3.24", ""), PROGRAM);
        quiet_with(&RULE, &last("scratch", "COPY --from=build --chmod=1777 /tmp /tmp\n"), PROGRAM);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(&RULE, &last("registry.example.com/base:7", ""), PROGRAM);
    }
}
