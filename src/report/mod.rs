//! Events and findings in, text out: for people, and for programs. A [`Reporter`] says them, [`writer`] is the one writer.
//!
//! | module | what it writes |
//! | --- | --- |
//! | [`every_image`] | where a file can run: the table over every known image |
//! | [`explanation`] | what is behind a message |
//! | [`finding`] | one finding, for people |
//! | [`event`] | what happens, as data, and who takes it |
//! | [`human`], [`json`], [`sarif`], [`github`] | the reporters of `--message-format` |
//! | [`image`] | what an image offers |
//! | [`lint`] | what a linter found, for people |
//! | [`json_explanation`], [`json_lint`], [`json_plan`], [`json_table`], [`json_verdict`] | the larger objects of [`json`] |
//! | [`plan`] | what would be run and why |
//! | [`shown`] | a finding in words, beside its evidence as data |
//! | [`start`] | what an image starts |
//! | [`style`] | the palette |
//! | [`symptoms_page`] | docs/symptoms.md |
//! | [`version`] | the version of the JSON objects |

pub mod c_errors;
pub mod doctor;
pub mod event;
pub mod every_image;
pub mod explanation;
pub mod finding;
pub mod github;
pub mod human;
pub mod image;
pub mod json;
pub mod json_explanation;
pub mod json_lint;
pub mod json_plan;
pub mod json_table;
pub mod json_verdict;
pub mod lint;
pub mod plan;
pub mod sarif;
pub mod shown;
pub mod start;
pub mod style;
pub mod symptoms_page;
pub mod version;
pub mod words;
pub mod writer;

pub use event::{Event, Reporter};

#[cfg(test)]
mod json_page;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod schema;

use crate::cli::{Common, Format};
use github::Github;
use human::Human;
use json::Json;
use sarif::Sarif;
use writer::Writer;

/// The reporter of a format.
pub fn reporter<'a>(common: &Common, writer: &'a Writer) -> Box<dyn Reporter + 'a> {
    let human = Human::new(writer, common.quiet, common.verbose);
    match common.format {
        Format::Human => Box::new(human),
        Format::Json => Box::new(Json::new(writer, human)),
        Format::Sarif => Box::new(Sarif::new(writer, human)),
        Format::Github => Box::new(Github::new(writer, human)),
    }
}
