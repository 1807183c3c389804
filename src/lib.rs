//! `gobuild` wraps `go build` and hands a binary on only after it has been held against the image it
//! will run in.
//!
//! This page is the map of the house. Data flows one way:
//!
//! ```text
//! typed -> config -> image facts and host facts -> plan -> go -> binary facts -> verdict -> handing on -> report
//! ```
//!
//! | room | what is in it | effects |
//! | --- | --- | --- |
//! | [`cli`] | what was typed: gobuild's own flags (clap) and go's flags (a table) | none |
//! | [`config`] | gobuild.toml and the merged settings, each value with its origin | none |
//! | [`platform`] | `os/arch[/variant]` and Go's variables for it | none |
//! | [`image`] | what an image offers: facts, references, the catalogue | none |
//! | [`libraries`] | Go packages around C that behave in a way that no package list shows | none |
//! | [`plan`] | settings + image facts + host facts -> the environment and arguments of one `go build` | none |
//! | [`host`] | what this machine has: go and what `go env` answers, files, the process | reads |
//! | [`go`] | runs a plan, streams its output, passes signals on | runs |
//! | [`binary`] | what a binary needs, read through a positional reader | none |
//! | [`checks`] | does it fit: one file a check | none |
//! | [`dockerfile`] | Dockerfiles: written to fit the target, read, and linted | none |
//! | [`symptoms`] | what people paste when it does not start, and what is behind it | none |
//! | [`staging`] | where go writes, what it wrote, handing it on | writes |
//! | [`report`] | data in, text out: for people and as JSON; and the one writer | none, but for the writer |
//! | [`commands`] | one file a verb: nothing but the order of the steps | all |
//!
//! The pure rooms never touch a file, the environment, a process or a terminal; `tests/suite/house.rs`
//! holds the direction of the imports.

pub mod binary;
pub mod checks;
pub mod cli;
pub mod commands;
pub mod config;
pub mod dockerfile;
pub mod error;
pub mod go;
pub mod host;
pub mod image;
pub mod libraries;
pub mod plan;
pub mod platform;
pub mod report;
pub mod staging;
pub mod suggest;
pub mod symptoms;
