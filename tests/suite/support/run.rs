//! A program in a clean environment, with its status and its streams asserted.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::{Assert, IntoData, Redactions};

/// One run to be made, and what it has to give. A stream that nothing was said of has to be empty.
#[must_use]
pub(crate) struct Run {
    program: OsString,
    args: Vec<OsString>,
    env: BTreeMap<OsString, OsString>,
    dir: PathBuf,
    top: PathBuf,
    status: i32,
    stdout: Vec<Expected>,
    stderr: Vec<Expected>,
}

/// What a stream has to be.
enum Expected {
    /// The whole text, as a snapbox pattern.
    Text(snapbox::Data),
    /// A part of it.
    Has(String),
    /// Nothing is asked; said in so many words.
    Any,
}

/// What a run gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    /// Exit status; 128 + N for a death by signal N, as a shell has it.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn new(program: &OsStr, dir: &Path, top: &Path) -> Self {
        Self {
            program: program.to_owned(),
            args: Vec::new(),
            env: BTreeMap::new(),
            dir: dir.to_owned(),
            top: top.to_owned(),
            status: 0,
            stdout: Vec::new(),
            stderr: Vec::new(),
        }
    }

    pub(crate) fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.env.insert(name.into(), value.as_ref().to_owned());
        self
    }

    /// The exit status that is expected; 0 otherwise.
    pub(crate) fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn stdout(mut self, text: impl IntoData) -> Self {
        self.stdout.push(Expected::Text(text.into_data()));
        self
    }

    pub(crate) fn stdout_has(mut self, part: impl Into<String>) -> Self {
        self.stdout.push(Expected::Has(part.into()));
        self
    }

    /// Nothing is asked of standard output.
    pub(crate) fn stdout_any(mut self) -> Self {
        self.stdout.push(Expected::Any);
        self
    }

    pub(crate) fn stderr(mut self, text: impl IntoData) -> Self {
        self.stderr.push(Expected::Text(text.into_data()));
        self
    }

    pub(crate) fn stderr_has(mut self, part: impl Into<String>) -> Self {
        self.stderr.push(Expected::Has(part.into()));
        self
    }

    /// Nothing is asked of standard error: what is said while building is another test's matter.
    pub(crate) fn stderr_any(mut self) -> Self {
        self.stderr.push(Expected::Any);
        self
    }

    /// Runs it and holds it against what was said.
    pub(crate) fn check(self) -> Output {
        let output = self.output();
        let shown = format!(
            "{self}\nstatus {}\n--- stdout\n{}--- stderr\n{}---",
            output.status, output.stdout, output.stderr
        );
        assert_eq!(output.status, self.status, "another exit status\n{shown}");
        self.hold("stdout", &output.stdout, &self.stdout, &shown);
        self.hold("stderr", &output.stderr, &self.stderr, &shown);
        output
    }

    /// The bare command, for what `check` and `output` cannot do.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).env_clear().envs(&self.env).current_dir(&self.dir).stdin(Stdio::null());
        command
    }

    /// Runs it, whatever it gives.
    pub(crate) fn output(&self) -> Output {
        let done = self.command().output().unwrap_or_else(|error| panic!("{self}: {error}"));
        let signal = std::os::unix::process::ExitStatusExt::signal(&done.status);
        Output {
            status: done.status.code().unwrap_or_else(|| 128 + signal.unwrap_or_default()),
            stdout: String::from_utf8_lossy(&done.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    fn hold(&self, stream: &str, text: &str, expected: &[Expected], shown: &str) {
        assert!(!expected.is_empty() || text.is_empty(), "nothing was expected on {stream}\n{shown}");
        for expected in expected {
            match expected {
                Expected::Any => {}
                Expected::Has(part) => assert!(text.contains(part), "{stream} lacks {part:?}\n{shown}"),
                Expected::Text(pattern) => {
                    let mut redactions = Redactions::new();
                    redactions.insert("[TOP]", self.top.clone()).expect("a name in brackets");
                    let assert = Assert::new().action_env("SNAPSHOTS").redact_with(redactions);
                    assert.eq(text, pattern.clone());
                }
            }
        }
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "in {}: {}", self.dir.display(), self.program.display())?;
        self.args.iter().try_for_each(|arg| write!(f, " {}", arg.display()))
    }
}
