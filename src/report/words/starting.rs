//! What is said of a start in the words of whoever starts: the engine, the kernel, a wrapper, a shell.

use super::shared::{line, noted};
use crate::diagnostics::evidence::Starting;
use crate::diagnostics::{About, Line};
use crate::image::start::By;
use crate::image::start::who::Who;

/// The image's name, for a label.
pub(super) fn image(about: &About) -> &str {
    about.image.as_ref().map_or("the image", |image| &image.name)
}

/// A word with what cannot be seen in it made visible.
pub(super) fn visible(word: &str) -> String {
    word.replace('\r', "\\r")
}

/// The first line of evidence: who names it.
pub(super) fn named_by(starting: &Starting, about: &About) -> Line {
    let word = visible(&starting.word);
    match &starting.by {
        By::Engine => line(format!("{} starts", image(about)), word),
        By::Wrapper { name } | By::Shell { name, .. } => line(format!("{name} starts"), word),
        By::Reader { name } => line(format!("{name} reads"), word),
        By::Line { script } | By::TooDeep { script } | By::EnvLine { script } => {
            noted(format!("{script} asks for"), word, "its #! line")
        }
    }
}

/// What is read where a file or its interpreter is not there.
pub(super) fn not_found(starting: &Starting, searched: bool) -> String {
    let word = visible(&starting.word);
    match &starting.by {
        By::Engine if searched => format!("exec: \"{word}\": executable file not found in $PATH: unknown"),
        By::Engine => format!("exec: \"{word}\": stat {word}: no such file or directory: unknown"),
        By::Wrapper { name } if name == "gosu" && searched => {
            format!("error: exec: \"{word}\": executable file not found in $PATH")
        }
        By::Wrapper { name } => said_by(name, &word, "No such file or directory"),
        By::Shell { name, .. } => format!("{name}: {word}: not found"),
        By::Reader { name } => format!("{name}: can't open '{word}': No such file or directory"),
        By::Line { script } | By::TooDeep { script } => format!("exec {script}: no such file or directory"),
        By::EnvLine { .. } => format!("env: '{word}': No such file or directory"),
    }
}

/// What is read where the system refuses.
pub(super) fn refused(starting: &Starting, reason: &str) -> String {
    let word = visible(&starting.word);
    match &starting.by {
        By::Engine => format!("exec: \"{word}\": {reason}: unknown"),
        By::Wrapper { name } | By::Shell { name, .. } | By::Reader { name } => said_by(name, &word, reason),
        By::Line { script } | By::TooDeep { script } => format!("exec {script}: {reason}"),
        By::EnvLine { .. } => format!("env: '{word}': {reason}"),
    }
}

fn said_by(name: &str, word: &str, reason: &str) -> String {
    match name {
        "tini" | "docker-init" | "tini-static" => format!("[FATAL tini (7)] exec {word} failed: {reason}"),
        "dumb-init" => format!("[dumb-init] {word}: {reason}"),
        "env" => format!("env: '{word}': {reason}"),
        name => format!("{name}: {word}: {reason}"),
    }
}

/// A user for people: `uid 65532, gid 65532, 10`.
pub(super) fn who(who: &Who) -> String {
    let gids: Vec<String> = who.gids.iter().map(ToString::to_string).collect();
    format!("uid {}, gid {}", who.uid, gids.join(", "))
}
