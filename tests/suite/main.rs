//! The tests from outside: the real binary, the real go, real root file systems.
//!
//! `scripts/tools.sh` fetches what a machine lacks (`make test` does both). What a machine cannot do at
//! all is skipped with a line on standard error; where `CI=true` a skip is a failure.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests are the outermost edge: they read the environment, start programs directly and may panic"
)]

mod bad_input;
mod binary_facts;
mod c_errors;
mod cgo;
mod cgo_choices;
mod cgo_compilers;
mod cgo_libraries;
mod cgo_memory;
mod cgo_questions;
mod command_line;
mod dockerfile;
mod drop_in;
mod end_to_end;
mod every_image;
mod explain;
mod first_words;
mod go_verbs;
mod house;
mod images;
mod incremental;
mod json;
mod known_packages;
mod lint;
mod matrix;
mod messages;
mod nothing_lost;
mod oracle;
mod several;
mod shell;
mod staging;
mod support;
mod verbs;
