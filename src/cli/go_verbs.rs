//! Go's own verbs, and the words that are a verb of nobody's.

use super::args::command_names;
use crate::error::Error;
use crate::suggest::closest;

/// Verbs of go's that run go as it is (`go help`, Go 1.27). `build` is gobuild's own matter.
const PASSED_ON: &[&str] = &[
    "bug",
    "clean",
    "doc",
    "env",
    "fix",
    "fmt",
    "generate",
    "get",
    "list",
    "mod",
    "run",
    "telemetry",
    "test",
    "tool",
    "version",
    "vet",
    "work",
];

/// What go takes for a package where one is expected (`go help packages`), though it is written like a verb.
const PACKAGES: &[&str] = &["all", "cmd", "std"];

/// Whether go is run with it as it is.
pub(super) fn is_passed_on(word: &str) -> bool {
    PASSED_ON.contains(&word)
}

/// Why a word in the place of a verb is none; nothing where it can be a package: a path, a file, what is not text.
pub(super) fn refuse(word: &str) -> Option<Error> {
    if word == "install" {
        return Some(
            Error::new("gobuild does not wrap `go install`")
                .help("run `go install` itself")
                .help("gobuild verify FILE compares a finished binary with an image"),
        );
    }
    let like_a_verb = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if word.is_empty() || word.starts_with('-') || PACKAGES.contains(&word) || !word.bytes().all(like_a_verb)
    {
        return None;
    }
    let own = command_names();
    let near = closest(word, own.iter().map(String::as_str)).into_iter();
    let near = near.chain(closest(word, PASSED_ON.iter().copied()));
    let error = Error::new(format!("neither gobuild nor go has a command `{word}`"));
    let error = near.fold(error, |error, near| error.help(format!("did you mean `gobuild {near}`?")));
    Some(error.help(format!("if it is a package: gobuild -o bin/ ./{word}")))
}
