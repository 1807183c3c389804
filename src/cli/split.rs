//! Takes a command line apart: gobuild's own words, and go's.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

use super::go_flags::{self, Takes};
use super::habits;
use super::line::{GoFlag, GoLine};
use crate::error::{Error, Result};
use crate::suggest::closest;

/// gobuild's long flags with what they take, read off clap's command so that there is one list.
pub(super) struct OwnFlags(BTreeMap<String, Takes>);

impl OwnFlags {
    /// The flags of one command, with those that clap adds to each when it builds it.
    pub(super) fn of(command: &clap::Command) -> Self {
        let flags = command.get_arguments().filter_map(|arg| {
            let takes = if arg.get_action().takes_values() { Takes::Value } else { Takes::Nothing };
            Some((arg.get_long()?.to_owned(), takes))
        });
        let version = command.get_version().map(|_| "version");
        let added = ["help"].into_iter().chain(version).map(|name| (name.to_owned(), Takes::Nothing));
        Self(flags.chain(added).collect())
    }

    /// None.
    pub(super) const fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Whether one of them is called so.
    #[cfg(test)]
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The flags of a command and of everything below it.
    pub(super) fn below(command: &clap::Command) -> Self {
        let mut all = Self::of(command);
        for sub in command.get_subcommands() {
            all.0.extend(Self::below(sub).0);
        }
        all
    }
}

/// What one word is, seen from in front of the packages.
pub(super) enum Word {
    /// `--`
    Terminator,
    /// A flag of gobuild's; whether the next word is its value.
    Own(Takes),
    /// A flag of go's, or one that nobody knows; whether the next word is its value.
    Go(GoFlag, Takes),
    /// Not a flag.
    Bare,
}

/// Says what a word is.
pub(super) fn classify(word: &OsStr, own: &OwnFlags) -> Word {
    let bytes = word.as_bytes();
    if bytes == b"--" {
        return Word::Terminator;
    }
    // Go stops at a lone dash: it is a package, and no such package exists.
    if !bytes.starts_with(b"-") || bytes == b"-" {
        return Word::Bare;
    }
    if matches!(bytes, b"-h" | b"-help") {
        return Word::Own(Takes::Nothing);
    }
    let flag = GoFlag::from_word(word);
    let takes = |from_table: Takes| if flag.value.is_some() { Takes::Nothing } else { from_table };
    if bytes.starts_with(b"--")
        && let Some(known) = own.0.get(&flag.name)
    {
        return Word::Own(takes(*known));
    }
    let takes = takes(go_flags::lookup(&flag.name).unwrap_or(Takes::Nothing));
    Word::Go(flag, takes)
}

/// Both halves of a `go build` line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// Words for clap.
    pub(super) own: Vec<OsString>,
    /// Words for go.
    pub(super) line: GoLine,
}

/// Takes a `go build` line apart. Fails only for a word that was meant for gobuild and is not quite
/// right; whatever else is wrong with the line is for go to say.
pub(super) fn split(words: &[OsString], own: &OwnFlags) -> Result<Split> {
    let mut result = Split::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let in_front = result.line.packages.is_empty();
        match classify(word, own) {
            Word::Terminator => {
                result.line.terminated = in_front;
                // Behind a package go takes it for a package; here it ends gobuild's flags as well.
                let packages = words.by_ref().cloned();
                if !in_front {
                    result.line.packages.push(word.clone());
                }
                result.line.packages.extend(packages);
            }
            // A single dash is gobuild's only for -h, and go has stopped reading flags by then.
            Word::Own(_) if !in_front && !word.as_bytes().starts_with(b"--") => {
                result.line.packages.push(word.clone());
            }
            Word::Own(takes) => {
                result.own.push(help_as_clap_knows_it(word));
                if takes == Takes::Value {
                    result.own.extend(words.next().cloned());
                }
            }
            Word::Go(flag, takes) => {
                refuse_a_slip(word, &flag, own, in_front)?;
                if in_front {
                    let value = if takes == Takes::Value { words.next() } else { None };
                    result.line.flags.push(with_value(flag, value));
                } else {
                    result.line.packages.push(word.clone());
                }
            }
            Word::Bare => result.line.packages.push(word.clone()),
        }
    }
    Ok(result)
}

fn with_value(flag: GoFlag, value: Option<&OsString>) -> GoFlag {
    let Some(value) = value else { return flag };
    let mut words = flag.words;
    words.push(value.clone());
    GoFlag { name: flag.name, value: Some(value.clone()), words }
}

/// Go's way to ask for help has one dash.
fn help_as_clap_knows_it(word: &OsString) -> OsString {
    if word == "-help" { OsString::from("--help") } else { word.clone() }
}

fn refuse_a_slip(word: &OsStr, flag: &GoFlag, own: &OwnFlags, in_front: bool) -> Result<()> {
    if !word.as_bytes().starts_with(b"--") || go_flags::lookup(&flag.name).is_some() {
        return Ok(());
    }
    let near = || closest(&flag.name, own.0.keys().map(String::as_str));
    let answer = habits::instead_of(&flag.name).map(str::to_owned);
    let Some(answer) = answer.or_else(|| Some(format!("did you mean `--{}`?", near()?))) else {
        return Ok(());
    };
    let error = Error::new(format!("unknown flag `--{}`", flag.name)).help(answer);
    Err(if in_front {
        error.help(format!("if it is a flag of go's, write it with one dash: `-{}`", flag.name))
    } else {
        error
    })
}
