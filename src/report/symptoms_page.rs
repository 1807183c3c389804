//! docs/symptoms.md: the table of symptoms as a page to search in.

use std::fmt::Write as _;

use crate::symptoms::{CAUSES, SYMPTOMS, Symptom};

const HEAD: &str = "\
# What does this message mean?

Search this page for the words that you see, or let gobuild do it:

    gobuild explain \"exec /app/rpc: no such file or directory\"
    kubectl logs --previous POD | gobuild explain -
    gobuild explain \"GLIBC_2.34' not found\" --file rpc --target debian:11

The third line also reads the file and says which of the causes it is. Paths, names, quotes and line breaks
make no difference, and what docker, containerd and the kubelet put around a message neither.

This page is made from `src/symptoms/table.toml`.
";

/// The whole page.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    text.push_str("\n## Messages\n");
    for symptom in SYMPTOMS.iter().filter(|symptom| !symptom.vague) {
        text.push_str(&section(symptom));
    }
    text.push_str("\n## Words that say nothing by themselves\n");
    for symptom in SYMPTOMS.iter().filter(|symptom| symptom.vague) {
        text.push_str(&section(symptom));
    }
    text.push_str("\n## Causes\n");
    for cause in CAUSES {
        let checks: Vec<String> =
            cause.checks.iter().map(|id| format!(", check [{id}](checks/{id}.md)")).collect();
        let checks = checks.concat();
        let _ =
            write!(text, "\n### {}\n\n{}{checks}: {}.\n\n", cause.name, capital(cause.often), cause.summary);
        let tell = cause.tell.iter().map(|line| format!("- how to tell: {line}\n"));
        let fix = cause.fix.iter().map(|line| format!("- what to do: {}\n", literal(line)));
        text.extend(tell.chain(fix));
    }
    text
}

fn section(symptom: &Symptom) -> String {
    let mut text = format!("\n```\n{}\n```\n\n{}.\n\n", symptom.message, capital(symptom.says));
    for cause in symptom.all_causes() {
        let _ = writeln!(text, "- [{}](#{}): {}", cause.name, cause.name, literal(cause.summary));
    }
    if !symptom.also.is_empty() {
        text.push_str("\nAlso:\n\n```\n");
        for message in symptom.also {
            let _ = writeln!(text, "{message}");
        }
        text.push_str("```\n");
    }
    text
}

fn capital(text: impl std::fmt::Display) -> String {
    let text = text.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Text outside of code in which Markdown finds nothing.
fn literal(text: &str) -> String {
    text.replace('*', "\\*").replace('<', "\\<")
}
