//! The user's own values: the process's environment, then what `go env -w` holds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::{Env, variable};
use crate::config::origin::{Origin, Sourced};

/// Variables as go sees them, each with the place it was set.
#[derive(Debug, Clone, Copy)]
pub struct UserEnv<'a> {
    /// The process's environment.
    pub process: &'a Env,
    /// Names that `go env -w` has set, with the file that holds them.
    pub written: &'a BTreeMap<String, PathBuf>,
    /// What `go env` answers, defaults included.
    pub effective: &'a BTreeMap<String, String>,
}

impl UserEnv<'_> {
    /// A value that the user set. Empty counts as unset and falls to `go env -w`, as for go
    /// (`cmd/go/internal/cfg`, `Getenv` and `EnvOrAndChanged`). Values that are no text are not go's.
    pub fn get(&self, name: &str) -> Option<Sourced<String>> {
        if let Some(value) = variable(self.process, name) {
            let value = value.to_str()?.to_owned();
            return Some(Sourced::new(value, Origin::Environment(name.to_owned())));
        }
        let file = self.written.get(name)?;
        let value = self.effective.get(name).filter(|value| !value.is_empty())?;
        Some(Sourced::new(value.clone(), Origin::GoEnvFile(file.clone())))
    }

    /// The architecture of the machine that builds.
    pub fn host_arch(&self) -> Option<&str> {
        self.effective.get("GOHOSTARCH").map(String::as_str)
    }
}
