//! What really happens: the binary is started in the root.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::json;

use super::kitchen::Kitchen;
use super::recipes::Recipe;

/// What every program prints at its end, when all of it has worked.
const MARKER: &str = "oracle ok";

/// The kernel's and the program's answer, as `programs/enter` writes it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Happened {
    #[serde(default)]
    error: String,
    status: i32,
    #[serde(default)]
    signal: String,
    #[serde(default)]
    timed_out: bool,
    stdout: String,
    stderr: String,
}

impl Happened {
    /// Whether it did its work to the end.
    pub(super) fn ran(&self) -> bool {
        self.error.is_empty() && self.status == 0 && self.stdout.lines().any(|line| line == MARKER)
    }
}

impl Happened {
    /// Whether the machine, and not the root, was the reason.
    pub(crate) fn could_not_be_tried(&self) -> bool {
        self.error.starts_with("mount: ")
    }

    /// Whether it ended well and this is all that it printed.
    pub(crate) fn printed(&self, stdout: &str) -> bool {
        self.error.is_empty() && self.status == 0 && self.stdout == stdout
    }

    /// What stood in the log: the kernel's answer in words, then standard error.
    pub(crate) fn log(&self) -> String {
        let refused = if self.error == "ENOENT" { "no such file or directory" } else { &self.error };
        format!("{refused}\n{}", self.stderr)
    }

    /// Whether it ended well with a version on standard output: `0.28.2`.
    pub(super) fn printed_a_version(&self) -> bool {
        let numbers = |word: &str| word.split('.').filter(|part| part.parse::<u32>().is_ok()).count() == 3;
        self.error.is_empty() && self.status == 0 && self.stdout.split_whitespace().any(numbers)
    }
}

impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.error.is_empty() {
            return write!(f, "execve gave {}", self.error);
        }
        if self.ran() {
            return f.write_str("it ran");
        }
        match (self.timed_out, self.signal.is_empty()) {
            (true, _) => f.write_str("it did not end")?,
            (false, false) => write!(f, "it died of {}", self.signal)?,
            (false, true) => write!(f, "it ended with {}", self.status)?,
        }
        let first = self.stderr.lines().next().or(self.stdout.lines().next()).unwrap_or_default();
        write!(f, ": {}", first.chars().take(160).collect::<String>())
    }
}

/// A program in a root, both as paths; the program's as it is inside.
pub(crate) struct Question<'a> {
    pub(crate) root: &'a Path,
    pub(crate) argv: Vec<String>,
}

/// Starts programs in roots.
pub(crate) struct Enter(PathBuf);

impl Enter {
    pub(super) fn new(kitchen: &Kitchen) -> Self {
        let recipe = Recipe {
            name: "enter".into(),
            words: ["tool".to_owned()].into(),
            script: "CGO_ENABLED=0 go build -o \"$OUT/app\" ./enter".into(),
        };
        Self(kitchen.make(&recipe).expect("go can build the starter").join("app"))
    }

    /// Starts one after the other; an answer for each.
    pub(crate) fn ask(&self, questions: &[Question<'_>]) -> Vec<Happened> {
        let mut input = tempfile::tempfile().expect("a temporary file can be made");
        for question in questions {
            assert!(question.root.is_dir(), "{} is missing", question.root.display());
            writeln!(input, "{}", json!({ "root": question.root, "argv": question.argv })).unwrap();
        }
        std::io::Seek::rewind(&mut input).expect("a file can be rewound");
        let done = Command::new(&self.0)
            .stdin(Stdio::from(input))
            .stderr(Stdio::inherit())
            .output()
            .expect("the starter can be started");
        assert!(done.status.success(), "the starter ended with {}", done.status);
        let text = String::from_utf8(done.stdout).expect("JSON is UTF-8");
        let answers: Vec<Happened> =
            text.lines().map(|line| serde_json::from_str(line).expect("a line is an answer")).collect();
        assert_eq!(answers.len(), questions.len());
        answers
    }
}
