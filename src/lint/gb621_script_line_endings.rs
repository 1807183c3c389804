//! `#!/bin/sh\\r` names an interpreter that nobody has.

use super::facts::Facts;
use super::scripts::{Started, scripts};
use super::{Remark, Rule, contents};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb621::ScriptLineEndings;
use crate::diagnostics::evidence::{CopiedFile, Starter};
use crate::dockerfile::parse::Span;
use crate::shell::Ran;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB621, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    // A stage that mends them is right.
    let mends = |stage: usize| {
        let strips = |ran: &Ran| ran.words.iter().any(|word| word.contains("\\r") || word.contains("\\015"));
        facts.runs_program(stage, &["dos2unix", "fromdos"]) || facts.ran(stage).any(strips)
    };
    let scripts = scripts(facts);
    let wrong: Vec<(&Started, &str)> = scripts
        .iter()
        .map(|script| (&script.file, first_line(&script.text)))
        .filter(|(file, line)| line.ends_with('\r') && !mends(file.stage))
        .collect();
    let say = |(file, line): &(&Started, &str)| said(&file.span, file.copied(), line);
    let mut found: Vec<Remark> = wrong.iter().map(say).collect();
    // Of what nobody is seen to start the final image still holds a script that cannot be started.
    let started = |path: &str| wrong.iter().any(|(file, _)| file.path == path);
    for one in contents::placed(facts).filter(|_| !mends(facts.last)).unwrap_or_default() {
        let Some(path) = one.from_context.filter(|path| !started(path) && !facts.context.is_ignored(path))
        else {
            continue;
        };
        let text = facts.context.text(&path).filter(|text| text.starts_with("#!")).unwrap_or_default();
        let line = first_line(&text);
        if line.ends_with('\r') {
            let lands = one.files.first().cloned().unwrap_or_default();
            let script = CopiedFile { path, lands, starter: Starter::Nobody };
            found.push(said(&one.span, script, line).doubtful(true));
        }
    }
    found
}

fn said(span: &Span, script: CopiedFile, line: &str) -> Remark {
    super::found(span, ScriptLineEndings { script, first_line: line.to_owned() })
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
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
                &[("run.sh", "#!/bin/sh\r\nid\r\n")]
            ),
            ["COPY run.sh /run.sh"]
        );
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nCOPY run.sh /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/bin/sh\nid\n")],
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(
            &RULE,
            "FROM alpine:3.24\nARG NAME\nCOPY $NAME /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
            &[("run.sh", "#!/bin/sh\r\n")],
        );
    }
}
