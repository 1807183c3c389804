//! One reader of shell text: what `RUN` runs, what stands behind `sh -c`, what an entry script starts.
//!
//! It reads the grammar of POSIX sh, and follows a script as far as the text alone tells: what nobody knows is a hole in
//! the text around it, and what is set in one branch alone is unknown behind it. Nothing is run.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`value`] | a variable: known, unset, or with holes that only the build can fill |
//! | [`lex`] | words with their quotes and dollars, operators, here-documents |
//! | [`syntax`] | lists, pipelines, subshells, conditions, loops, functions |
//! | `fill` | a word with its variables filled in |
//! | `pattern` | `*`, `?` and `[…]` |
//! | `state`, `started` | what a shell knows at one place; which program a command really starts |
//! | [`mod@walk`] | the commands in the order in which they run, each with what its process sees |
//!
//! Source: POSIX.1-2024, "Shell Command Language"; dash where it leaves a choice.

mod fill;
pub mod lex;
mod pattern;
mod started;
mod state;
pub mod syntax;
pub mod value;
pub mod walk;

#[cfg(test)]
mod tests;

pub use lex::named;
pub use state::joined;
pub use value::{Environment, HOLE, Value, WORDS, has_hole};
pub use walk::{Ran, Surroundings, walk};
