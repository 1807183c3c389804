//! Data in, text out: for people and as JSON. [`shell`] is the one writer.
//!
//! | module | what it writes |
//! | --- | --- |
//! | [`finding`] | one finding, for people |
//! | [`image`] | what an image offers |
//! | [`json`], [`json_verdict`] | the objects of `--message-format json` |
//! | [`plan`] | what would be run and why |
//! | [`shell`] | nothing of its own: the writer |
//! | [`style`] | the palette |

pub mod finding;
pub mod image;
pub mod json;
pub mod json_verdict;
pub mod plan;
pub mod shell;
pub mod style;

#[cfg(test)]
mod pages;
