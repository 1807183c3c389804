//! What `[`, `test` and their kin answer, as far as the words tell.

use super::value::{HOLE, WORDS, has_hole};

/// How a command ends, as far as the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Surely so.
    Is(bool),
    /// Well, if the script is to go on: a build stops where a command fails.
    Expected,
    /// It is asked something that only the build knows.
    Either,
}

impl Status {
    /// Of one command or another.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Either | Self::Is(false), _) | (_, Self::Either | Self::Is(false)) => Self::Either,
            _ => Self::Expected,
        }
    }

    /// Behind `!`.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Is(is) => Self::Is(!is),
            Self::Expected | Self::Either => Self::Either,
        }
    }
}

/// Programs that are asked something: to fail is one of their answers.
const ASKED: &[&str] = &[
    "[[",
    "cmp",
    "command",
    "diff",
    "egrep",
    "expr",
    "fgrep",
    "getent",
    "grep",
    "hash",
    "ls",
    "mountpoint",
    "pgrep",
    "read",
    "type",
    "which",
];

/// How a command ends.
pub(super) fn status(program: &str, words: &[String]) -> Status {
    match program {
        ":" | "true" | "echo" | "printf" => Status::Is(true),
        "false" => Status::Is(false),
        "test" => test(&words[1..]),
        "[" if words.last().is_some_and(|word| word == "]") => test(&words[1..words.len() - 1]),
        _ if program == "[" || has_hole(program) || ASKED.contains(&program) => Status::Either,
        _ => Status::Expected,
    }
}

/// POSIX.1-2024, `test`: what it is asked is told by the number of its words.
fn test(words: &[String]) -> Status {
    if words.iter().any(|word| word.contains(WORDS)) {
        return Status::Either;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [] => Status::Is(false),
        [word] | ["-n", word] => filled(word),
        ["!" | "-z", word] => filled(word).not(),
        [one, sign, other] => compared(one, sign, other),
        ["!", one, sign, other] => compared(one, sign, other).not(),
        _ => Status::Either,
    }
}

/// Whether there is anything in a word.
fn filled(word: &str) -> Status {
    if word.chars().any(|letter| letter != HOLE) {
        return Status::Is(true);
    }
    if word.is_empty() { Status::Is(false) } else { Status::Either }
}

fn compared(one: &str, sign: &str, other: &str) -> Status {
    if has_hole(one) || has_hole(other) {
        return Status::Either;
    }
    let numbers = || Some((one.parse::<i64>().ok()?, other.parse::<i64>().ok()?));
    let is = match (sign, numbers()) {
        ("=", _) => one == other,
        ("!=", _) => one != other,
        ("-eq", Some((one, other))) => one == other,
        ("-ne", Some((one, other))) => one != other,
        ("-lt", Some((one, other))) => one < other,
        ("-le", Some((one, other))) => one <= other,
        ("-gt", Some((one, other))) => one > other,
        ("-ge", Some((one, other))) => one >= other,
        // `==` is an error for dash, and the same as `=` for bash and busybox.
        _ => return Status::Either,
    };
    Status::Is(is)
}
