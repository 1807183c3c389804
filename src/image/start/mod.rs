//! What an engine would start of an image: its command, followed from file to file. Facts; whether it can work is
//! [`crate::checks`]' business.
//!
//! | file | its one thought |
//! | --- | --- |
//! | `follow` | from the command to the steps: who starts what |
//! | `find` | from a word to a file: PATH, the working folder, what is there |
//! | `walk` | a path, folder by folder, as one user may take it |
//! | [`mod@user`] | who it runs as: the configuration's word against passwd and group |
//! | [`script`] | the `#!` line, by the kernel's rules |
//! | `line` | the first command of a shell's `-c`, as far as it is plain |
//! | `wrappers` | programs that start another one, and how they are told which |
//! | [`programs`] | every other program of the image, and what came with its distribution |
//!
//! What cannot be known from the files (what a script goes on to do, what a variable holds when it runs) is said
//! once, in [`Start::open`], and not guessed.

mod find;
mod follow;
mod line;
pub mod programs;
pub mod script;
pub mod user;
mod walk;
pub mod who;
mod wrappers;

#[cfg(test)]
mod tests;

pub(crate) use find::PROGRAMS;
pub use follow::start;

use serde::Serialize;

use script::Line;
use user::Stranger;
use who::Who;

/// A start, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Entry point and command, as an engine joins them.
    pub command: Vec<String>,
    /// The folder that it is started in.
    pub workdir: String,
    /// Who it runs as.
    pub user: String,
    /// Every file that is started, in order; never empty.
    pub steps: Vec<Step>,
    /// Why it is not known what runs in the end, in words; none where the last step is the program itself.
    pub open: Option<String>,
}

/// One file that is started, or was to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who starts it.
    pub by: By,
    /// How it is named: `./app`, `app`, `/bin/sh`.
    pub word: String,
    /// What is behind it on its `#!` line, where that line names it.
    pub argument: Option<String>,
    /// Who it runs as; none where nobody knows, and then only what root may not do is denied.
    pub who: Option<Who>,
    /// The user that nobody knows, where that stops this step.
    pub stranger: Option<Stranger>,
    /// What is there.
    pub found: Found,
}

/// Who starts a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum By {
    /// The container engine: `execve`, after a search of its own.
    Engine,
    /// A program that starts another one: tini, gosu, env.
    Wrapper {
        /// Its name.
        name: String,
    },
    /// A shell.
    Shell {
        /// Its name.
        name: String,
        /// Whether it is busybox, which has commands without a file.
        busybox: bool,
    },
    /// A shell or an interpreter that was given it to read: it needs no x bit and no first line.
    Reader {
        /// Its name.
        name: String,
    },
    /// The kernel, for a `#!` line.
    Line {
        /// The script that has the line.
        script: String,
    },
    /// `env`, for a `#!` line.
    EnvLine {
        /// The script that has the line.
        script: String,
    },
    /// The kernel, for one more script than it follows.
    TooDeep {
        /// The first of the scripts.
        script: String,
    },
}

impl By {
    /// The script whose `#!` line asks for it.
    pub fn script(&self) -> Option<&str> {
        match self {
            Self::Line { script } | Self::EnvLine { script } | Self::TooDeep { script } => Some(script),
            Self::Engine | Self::Wrapper { .. } | Self::Shell { .. } | Self::Reader { .. } => None,
        }
    }
}

/// What is at the place that a word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Missing(Missing),
    /// Something that this user may not start, or not reach.
    Denied(Barrier),
    /// A folder, a device, a socket.
    NotAFile {
        /// Its path.
        path: String,
        /// Whether it is a folder.
        folder: bool,
    },
    /// A regular file that this user may start.
    File {
        /// Where it was looked for: `/bin/sh`.
        path: String,
        /// Where it really is: `/bin/busybox`.
        real: String,
        /// What the kernel takes it for.
        content: Content,
    },
}

/// A file that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Missing {
    /// The path that was looked for, or the bare name.
    pub path: String,
    /// The folders of PATH that were searched.
    pub searched: Vec<String>,
    /// A link on the way that leads nowhere, with its target.
    pub link: Option<(String, String)>,
    /// A file on the way where a folder had to be.
    pub not_a_folder: Option<String>,
    /// A path that is like it and has a program.
    pub near: Option<String>,
}

/// What does not let a user through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Barrier {
    /// The path that was to be started.
    pub target: String,
    /// What denies it: the file itself, or a folder on the way.
    pub path: String,
    /// Whether that is a folder on the way.
    pub folder: bool,
    /// Its permission bits.
    pub mode: u32,
    /// Its owner.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
    /// Whether the name was looked for in PATH.
    pub searched: bool,
}

/// What the kernel takes a file for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A program of some system, for a reader of binaries to say more.
    Program,
    /// A script whose first line names its interpreter.
    Script(Line),
    /// Neither: the kernel refuses it.
    Neither(script::Flaw),
    /// It could not be read, in words.
    Unread(String),
}
