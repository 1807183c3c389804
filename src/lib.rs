//! `gobuild` wraps `go build` and publishes a binary only after it has been held against the image it
//! will run in.
//!
//! This page is the map of the house. Data flows one way:
//!
//! ```text
//! typed -> config -> image facts and host facts -> plan -> go -> binary facts -> verdict -> publishing -> report
//! ```
//!
//! | room | what is in it | effects |
//! | --- | --- | --- |
//! | [`cli`] | what was typed: gobuild's own flags (clap) and go's flags (a table) | none |
//! | [`config`] | gobuild.toml and the merged settings, each value with its origin | none |
//! | [`origin`] | where a value came from | none |
//! | [`platform`] | `os/arch[/variant]` and Go's variables for it | none |
//! | [`image`] | what an image offers: facts, references, the catalogue | none |
//! | [`libraries`] | Go packages around C that behave in a way that no package list shows | none |
//! | [`plan`] | settings + image facts + host facts -> the environment and arguments of one `go build` | none |
//! | [`host`] | what this machine has: files, programs and their short answers, git, the day | reads |
//! | [`cache`] | what is remembered between two runs, and trimming it | reads, writes |
//! | [`cc`] | C compilers: found, probed, wrapped; sysroots | runs |
//! | [`source`] | where an image is read from: folder, archive, layout, engine | reads |
//! | [`gocmd`] | the go command: which one, its environment, its package list; runs a plan, passes signals on | runs |
//! | [`binary`] | what a binary needs, read through a positional reader | none |
//! | [`diagnostics`] | the catalogue of checks and rules, allow and deny, the finding with its evidence as data | none |
//! | [`checks`] | does it fit: one file a check | none |
//! | [`dockerfile`] | Dockerfiles: written to fit the target, and read | none |
//! | [`shell`] | one reader of shell words: for `RUN`, `sh -c` and scripts | none |
//! | [`lint`] | does a Dockerfile fit what is built in it: one file a rule | none |
//! | [`symptoms`] | what people paste when it does not start, and what is behind it | none |
//! | [`staging`] | where go writes, what it wrote, publishing it | writes |
//! | [`report`] | data in, text out: for people and as JSON; and the one writer | none, but for the writer |
//! | [`ops`] | the road itself: what each verb does, for a program as for the command line | all |
//! | [`commands`] | what was typed, to the one of `ops` that does it, to the exit status | writes |
//!
//! The pure rooms never touch a file, the environment, a process or a terminal; `tests/suite/house.rs`
//! holds the direction of the imports.

pub mod binary;
pub mod cache;
pub mod cc;
pub mod checks;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostics;
pub mod dockerfile;
pub mod error;
pub mod gocmd;
pub mod host;
pub mod image;
pub mod libraries;
pub mod lint;
pub mod ops;
pub mod origin;
pub mod plan;
pub mod platform;
pub mod report;
pub mod shell;
pub mod source;
pub mod staging;
pub mod suggest;
pub mod symptoms;
