//! What `gobuild::binary::read` says about real files, held against what go and readelf say.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod cost;
mod damage;
mod formats;
mod functions;
mod libraries;
mod linux;
mod made_up;
mod marks;
mod oracle;
mod programs;
