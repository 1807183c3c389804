//! What gobuild says.

use std::path::Path;

use serde_json::Value;

use crate::support::project::Project;

use super::roots::Root;

/// What the file is held against.
#[derive(Debug, Clone, Copy)]
pub(super) enum Against<'a> {
    /// The root's own files.
    Rootfs(&'a Path),
    /// What the catalogue says of an image.
    Image(&'a str),
}

/// A verdict, as `gobuild verify --message-format json` gives it.
#[derive(Debug)]
pub(super) struct Said {
    /// None where there was no verdict at all.
    pub(super) accepted: Option<bool>,
    /// One line: the findings, or what came instead of a verdict.
    pub(super) words: String,
}

/// Whether there is a `--rootfs`.
pub(super) fn reads_roots(project: &Project) -> bool {
    project.gobuild(["verify", "--help"]).output().stdout.contains("--rootfs")
}

/// Asks about one file.
pub(super) fn ask(project: &Project, file: &Path, against: Against<'_>, root: &Root) -> Said {
    let mut args = vec!["verify".into(), file.as_os_str().to_owned()];
    args.extend(["--message-format".into(), "json".into()]);
    args.extend(["--platform".into(), root.platform.into()]);
    match against {
        Against::Rootfs(folder) => args.extend(["--rootfs".into(), folder.as_os_str().to_owned()]),
        Against::Image(image) => args.extend(["--target".into(), image.into()]),
    }
    let output = project.gobuild(args).output();
    let verdict = output
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find(|object| object["reason"] == "verdict");
    let Some(verdict) = verdict else {
        let words = format!("no verdict, status {}: {} {}", output.status, output.stdout, output.stderr);
        return Said { accepted: None, words };
    };
    let accepted = verdict["accepted"].as_bool();
    // The status has to say the same as the object.
    let expected = if accepted == Some(true) { 0 } else { 3 };
    if output.status != expected {
        return Said { accepted: None, words: format!("status {} with {verdict}", output.status) };
    }
    let findings = verdict["findings"].as_array().cloned().unwrap_or_default();
    let words: Vec<String> = findings.iter().map(finding).collect();
    Said { accepted, words: words.join("; ") }
}

fn finding(finding: &Value) -> String {
    let word = |key: &str| finding[key].as_str().unwrap_or_default();
    let lines = finding["lines"].as_array().cloned().unwrap_or_default();
    let lines: Vec<String> = lines
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row["label"].as_str().unwrap_or_default(),
                row["value"].as_str().unwrap_or_default()
            )
        })
        .collect();
    format!("{}[{}] {} ({})", word("severity"), word("id"), word("title"), lines.join(", "))
}
