//! Data in, text out: for people and as JSON. [`shell`] is the one writer.
//!
//! | module | what it writes |
//! | --- | --- |
//! | [`every_image`] | where a file can run: the table over every known image |
//! | [`explanation`] | what is behind a message |
//! | [`finding`] | one finding, for people |
//! | [`github`], [`sarif`] | what a linter found, for machines that show it |
//! | [`image`] | what an image offers |
//! | [`lint`] | what a linter found, for people |
//! | [`json`], [`json_verdict`], [`json_lint`] | the objects of `--message-format json` |
//! | [`plan`] | what would be run and why |
//! | [`shell`] | nothing of its own: the writer |
//! | [`start`] | what an image starts |
//! | [`style`] | the palette |
//! | [`symptoms_page`] | docs/symptoms.md |

pub mod c_errors;
pub mod doctor;
pub mod every_image;
pub mod explanation;
pub mod finding;
pub mod github;
pub mod image;
pub mod json;
pub mod json_lint;
pub mod json_verdict;
pub mod lint;
pub mod plan;
pub mod sarif;
pub mod shell;
pub mod start;
pub mod style;
pub mod symptoms_page;
pub mod words;

#[cfg(test)]
mod pages;
