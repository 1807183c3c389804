//! One reader of shell text: what `RUN` runs, what stands behind `sh -c`, what an entry script starts.
//!
//! It reads the grammar of POSIX sh, and follows a script as far as the text alone tells: what nobody knows is a hole in
//! the text around it, and what is set in one branch alone is unknown behind it. Nothing is run.
//!
//! | file | its one thought |
//! | --- | --- |
//! | [`value`] | a variable: known, unset, or with holes that only the build can fill |
//! | `token`, `lex` | words with their quotes and dollars, operators, here-documents |
//! | `node`, `syntax` | lists, pipelines, subshells, conditions, loops, functions |
//! | `fill` | a word with its variables filled in |
//! | `pattern` | `*`, `?` and `[…]` |
//! | `state`, `ends` | what a shell knows at one place; where paths part and meet |
//! | `question`, `own` | what `[` answers; what the shell's own commands change |
//! | `started` | which program, and which text, a command really starts |
//! | `simple` | one command |
//! | [`mod@walk`] | the commands in the order in which they run, each with what its process sees |
//!
//! Source: POSIX.1-2024, "Shell Command Language"; dash where it leaves a choice.

mod ends;
mod fill;
pub mod lex;
pub mod node;
mod own;
mod pattern;
mod question;
mod simple;
mod started;
mod state;
pub mod syntax;
pub mod token;
pub mod value;
pub mod walk;

#[cfg(test)]
mod tests;

pub use lex::{Named, end_of_documents, may_set, named, tokens};
pub use started::is_shell;
pub use state::joined;
pub use token::{Piece, Redirect, Token, Word};
pub use value::{Environment, HOLE, Presence, Value, WORDS, has_hole};
pub use walk::{Ran, Surroundings, walk};
