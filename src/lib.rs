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
//! # As a library
//!
//! Whatever a verb can do, a program can do: the options of a verb are a plain struct of [`cli`], its road is in [`ops`],
//! and what it has to tell comes as [`report::Event`]s.
//!
//! ```
//! use std::sync::Mutex;
//!
//! use gobuild::cli::{Common, Process, VerifyArgs};
//! use gobuild::ops::{self, Ended};
//! use gobuild::report::{Event, Reporter};
//!
//! /// Keeps the id of every finding.
//! #[derive(Default)]
//! struct Ids(Mutex<Vec<String>>);
//!
//! impl Reporter for Ids {
//!     fn event(&self, event: &Event<'_>) {
//!         if let Event::Verdict(judged) = event {
//!             self.0.lock().unwrap().extend(judged.findings.iter().map(|found| found.id.clone()));
//!         }
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dir = tempfile::tempdir()?;
//! std::fs::write(dir.path().join("rpc"), "not a program")?;
//! let process = Process { args: Vec::new(), env: Default::default(), dir: dir.path().to_owned() };
//! let options = VerifyArgs {
//!     files: vec!["rpc".into()],
//!     targets: vec!["alpine:3.24".to_owned()],
//!     ..VerifyArgs::default()
//! };
//! let ids = Ids::default();
//! let ended = ops::verify::run(&process, &Common::default(), &options, &ids)?;
//! assert_eq!(ended, Ended::Exit(3));
//! assert_eq!(ids.0.into_inner()?, ["GB101"]);
//! # Ok(())
//! # }
//! ```
//!
//! A Dockerfile that is nothing but a text:
//!
//! ```
//! use gobuild::diagnostics::Policy;
//! use gobuild::lint::{Nothing, lint_text};
//!
//! # fn main() -> Result<(), gobuild::error::Error> {
//! let text = r#"
//! FROM golang:1.27-bookworm AS build
//! RUN go build -race -o /app example.com/app
//! FROM alpine:3.24
//! COPY --from=build /app /app
//! ENTRYPOINT ["/app"]
//! "#;
//! let found = lint_text(text, &Nothing, &Policy::default(), "2026-12-01")?;
//! assert_eq!(found[0].id(), "GB601");
//! # Ok(())
//! # }
//! ```
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
