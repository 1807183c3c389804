//! A verb of go's that gobuild has nothing to add to: go is run in its place.

use std::ffi::OsString;

use super::Ended;
use crate::cli::{Common, Process};
use crate::error::Result;
use crate::gocmd::{Invocation, find, replace};

/// Becomes go. Of gobuild's own flags only the one that names go has a meaning here: `make GO="gobuild --target X"`
/// puts the others in front of every verb.
///
/// # Errors
/// Go is not found, or cannot be run; otherwise this does not come back.
pub fn run(process: &Process, common: &Common, words: &[OsString]) -> Result<Ended> {
    let go = find::find(common.go.as_deref(), &process.env, &process.dir)?;
    let (args, env, dir) = (words.to_vec(), process.env.clone(), process.dir.clone());
    Err(replace(&Invocation { program: go.value, args, env, dir }))
}
