//! What a shell knows at one place, and what its own commands change about it.

use super::fill::Scope;
use super::value::{Environment, Value, has_hole};

/// What a shell knows at one place.
#[derive(Clone)]
pub(super) struct State {
    /// Its variables.
    pub(super) shell: Environment,
    /// Those that a process which it starts sees.
    pub(super) exported: Environment,
    pub(super) folder: Option<String>,
    /// `$1` and those that follow; none where nobody knows.
    pub(super) arguments: Option<Vec<String>>,
    /// `set -a`
    pub(super) exports_all: bool,
    /// Names that were set since the branch began.
    pub(super) touched: Vec<String>,
}

impl State {
    /// What a word is filled in from.
    pub(super) fn scope(&self) -> Scope<'_> {
        Scope { variables: &self.shell, arguments: self.arguments.as_deref() }
    }

    pub(super) fn assign(&mut self, name: &str, value: Value) {
        if self.exports_all || self.exported.has(name) {
            self.exported.set(name, value.clone());
        }
        self.shell.set(name, value);
        self.touched.push(name.to_owned());
    }

    pub(super) fn export(&mut self, name: &str) {
        let value = self.shell.get(name);
        if value != Value::Unset {
            self.exported.set(name, value);
            self.touched.push(name.to_owned());
        }
    }

    pub(super) fn unset(&mut self, name: &str) {
        self.shell.remove(name);
        self.exported.remove(name);
        self.touched.push(name.to_owned());
    }

    pub(super) fn change_folder(&mut self, to: Option<&str>) {
        self.folder = match (to, &self.folder) {
            (Some(to), _) if has_hole(to) || to == "-" => None,
            (Some(to), _) if to.starts_with('/') => Some(joined("/", to)),
            (Some(to), Some(from)) => Some(joined(from, to)),
            _ => None,
        };
    }

    /// The state of a branch that begins here.
    pub(super) fn branch(&self) -> Self {
        Self { touched: Vec::new(), ..self.clone() }
    }

    /// What is known behind branches of which nobody knows which was taken; this is one in which nothing happened.
    pub(super) fn join(&mut self, branches: Vec<Self>) {
        for branch in branches {
            for name in &branch.touched {
                let unknown = || Value::unknown(format!("{name} is set in a branch of the script"));
                for (own, other) in [(&mut self.shell, &branch.shell), (&mut self.exported, &branch.exported)]
                {
                    if own.get(name) != other.get(name) {
                        own.set(name, unknown());
                    }
                }
                self.touched.push(name.clone());
            }
            if self.folder != branch.folder {
                self.folder = None;
            }
        }
    }
}

/// A path from a folder, absolute and without dots.
pub fn joined(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// What changes the shell itself, and starts nothing.
pub(super) fn built_in(program: &str, words: &[String], state: &mut State) -> bool {
    let arguments = || words.iter().skip(1).filter(|word| !word.starts_with('-'));
    match program {
        "export" | "readonly" | "declare" | "typeset" | "local" => {
            for word in arguments() {
                let name = match word.split_once('=') {
                    Some((name, value)) => {
                        let reason = || format!("{name} is known to the build alone");
                        state.assign(name, Value::of(value.to_owned(), reason));
                        name
                    }
                    None => word,
                };
                let exports = program == "export" || words.iter().any(|word| word == "-x");
                if exports {
                    state.export(name);
                }
            }
        }
        "unset" => arguments().for_each(|name| state.unset(name)),
        "cd" | "pushd" => state.change_folder(arguments().next().map(String::as_str)),
        "popd" => state.folder = None,
        "set" => {
            let flags = words.iter().skip(1);
            for flag in flags.filter(|flag| !flag.starts_with("--") && flag.contains('a')) {
                match flag.as_bytes() {
                    [b'-', ..] if flag != "-o" => state.exports_all = true,
                    [b'+', ..] => state.exports_all = false,
                    _ => {}
                }
            }
        }
        _ => return false,
    }
    true
}
