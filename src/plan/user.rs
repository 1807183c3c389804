//! The user's own values: the process's environment, then what `go env -w` holds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::{Env, variable};
use crate::origin::{Origin, Sourced};

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

    /// Everything that the user set and that go, or a C compiler under it, reads by itself. Credentials in an
    /// address are left out: what is shown ends in logs.
    pub fn all(&self) -> BTreeMap<String, Sourced<String>> {
        let process = self.process.keys().filter_map(|name| name.to_str()).map(str::to_owned);
        process
            .chain(self.written.keys().cloned())
            .filter(|name| self.effective.contains_key(name) || is_read_below(name))
            .filter_map(|name| {
                self.get(&name).map(|set| (name, set.map(|value| without_credentials(&value))))
            })
            .collect()
    }

    /// The architecture of the machine that builds.
    pub fn host_arch(&self) -> Option<&str> {
        self.effective.get("GOHOSTARCH").map(String::as_str)
    }
}

/// Variables that change a build and that `go env` does not list: those of `cmd/go` and of what it starts.
fn is_read_below(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "C_INCLUDE_PATH",
        "COMPILER_PATH",
        "CPATH",
        "CPLUS_INCLUDE_PATH",
        "GCC_EXEC_PREFIX",
        "GO_EXTLINK_ENABLED",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "LIBRARY_PATH",
        "SOURCE_DATE_EPOCH",
    ];
    ["CGO_", "PKG_CONFIG_", "ZIG_"].iter().any(|start| name.starts_with(start)) || NAMES.contains(&name)
}

/// `https://user:secret@proxy` as `https://…@proxy`.
fn without_credentials(value: &str) -> String {
    let mut shown = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("://").map(|at| at + 3) {
        let (scheme, address) = rest.split_at(at);
        shown.push_str(scheme);
        let host = address.find(['/', ',', '|', ' ']).unwrap_or(address.len());
        rest = match address[..host].rfind('@') {
            Some(user) => {
                shown.push('…');
                &address[user..]
            }
            None => address,
        };
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (value, shown) in [
            ("https://proxy.example.org,direct", "https://proxy.example.org,direct"),
            (
                "https://me:pass@a.example.org/x,https://b@c,direct",
                "https://…@a.example.org/x,https://…@c,direct",
            ),
            ("https://a.example.org/@scope", "https://a.example.org/@scope"),
            ("-tags=a@b", "-tags=a@b"),
        ] {
            assert_eq!(without_credentials(value), shown);
        }
    }
}
