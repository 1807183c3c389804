//! What people paste when something does not start, and what is behind it.
//!
//! | file | its one thought |
//! | --- | --- |
//! | table.toml | every symptom and every cause: data, made into code by build.rs |
//! | [`words`] | a message as its words, and a pattern that finds itself in them |
//! | [`named`] | what a message names |
//! | [`mod@find`] | which symptoms a text has, and the nearest ones where it has none |
//! | [`building`] | what the lines of a build that runs are signs of |
//! | [`sign`] | what a binary has to be for a cause |
//! | [`mod@suspect`] | which of the causes it is, with the file at hand |

pub mod building;
pub mod find;
pub mod named;
pub mod sign;
pub mod suspect;
pub mod words;

use serde::Serialize;

pub use find::{Found, Recognised, find};
pub use named::Named;
pub use suspect::{Suspicion, suspect};

/// A message with everything that gives it.
#[derive(Debug, PartialEq, Eq)]
pub struct Symptom {
    /// How it looks.
    pub message: &'static str,
    /// What the words mean, whatever the cause.
    pub says: &'static str,
    /// What it is known by, see [`words::Pattern`].
    pub patterns: &'static [&'static str],
    /// Whether nearly every log has it: then it is an answer only where nothing else is.
    pub vague: bool,
    /// Names of [`Cause`]s, the most frequent first.
    pub causes: &'static [&'static str],
    /// More messages that are this symptom.
    pub also: &'static [&'static str],
    /// What a line with it means while gobuild builds; none where a build does not say it, or nothing follows.
    pub build: Option<InBuild>,
}

/// What becomes of a build that has a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InBuild {
    /// It fails.
    Stops,
    /// It may end well.
    Warns,
}

/// A C library to link with, as far as a message depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// musl
    Musl,
    /// glibc
    Glibc,
}

/// One thing that goes wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Cause {
    /// `glibc-loader-missing`
    pub name: &'static str,
    /// Its mark in the list of failures that the table was made from.
    pub class: Option<&'static str>,
    /// How often it is met.
    pub often: Often,
    /// What is wrong, one clause.
    pub summary: &'static str,
    /// How it is told from the others.
    pub tell: &'static [&'static str],
    /// What to do, the cheapest first.
    pub fix: &'static [&'static str],
    /// The same where gobuild itself is building.
    pub here: &'static [&'static str],
    /// The C library that it takes.
    pub libc: Option<Libc>,
    /// Ids of the checks that see it in a finished binary.
    pub checks: &'static [&'static str],
    /// Whether those checks need to know the image.
    pub image: bool,
    /// What the binary has to be, see [`sign::holds`].
    pub signs: &'static [&'static str],
}

/// How often a cause is met, judged from the number and spread of public threads about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Often {
    /// Many independent threads, this year's among them.
    VeryCommon,
    /// Several a year.
    Common,
    /// Now and then.
    Occasional,
    /// Hardly ever.
    Rare,
}

impl std::fmt::Display for Often {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::VeryCommon => "very common",
            Self::Common => "common",
            Self::Occasional => "occasional",
            Self::Rare => "rare",
        })
    }
}

include!(concat!(env!("OUT_DIR"), "/symptoms.rs"));

impl Cause {
    /// What to do about it in a build by gobuild.
    pub fn in_build(&self) -> &'static [&'static str] {
        if self.here.is_empty() { self.fix } else { self.here }
    }
}

impl Symptom {
    /// The causes themselves, the most frequent first.
    pub fn all_causes(&self) -> impl Iterator<Item = &'static Cause> {
        self.causes.iter().filter_map(|name| cause(name))
    }
}

/// The cause of a name, in any case.
pub fn cause(name: &str) -> Option<&'static Cause> {
    let name = name.trim();
    CAUSES.iter().find(|cause| cause.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod guards;
