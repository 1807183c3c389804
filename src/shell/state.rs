//! What a shell knows at one place, and what becomes of it where paths part and meet.

use std::collections::BTreeSet;

use super::fill::Scope;
use super::value::{Environment, Value, has_hole};

/// Whether what follows runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    /// Behind `return`: what follows the call runs.
    Returned,
    /// Behind `exit`, and `exec` of a program.
    Exited,
}

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
    /// `set -a`; none where nobody knows.
    pub(super) exports_all: Option<bool>,
    /// Names that were set since the path began.
    pub(super) touched: Vec<String>,
    pub(super) flow: Flow,
}

impl State {
    /// Where a shell begins, with these variables.
    pub(super) fn new(seen: Environment, folder: Option<String>, arguments: Option<Vec<String>>) -> Self {
        Self {
            shell: seen.clone(),
            exported: seen,
            folder,
            arguments,
            exports_all: Some(false),
            touched: Vec::new(),
            flow: Flow::On,
        }
    }

    /// What a word is filled in from.
    pub(super) fn scope(&self) -> Scope<'_> {
        Scope { variables: &self.shell, arguments: self.arguments.as_deref() }
    }

    pub(super) fn assign(&mut self, name: &str, value: Value) {
        match self.exports_all {
            Some(true) => self.exported.set(name, value.clone()),
            _ if self.exported.surely_has(name) => self.exported.set(name, value.clone()),
            Some(false) if !self.exported.has(name) => {}
            _ => self.exported.set(name, unclear(name)),
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

    /// Puts a variable back to what it was.
    pub(super) fn restore(&mut self, name: &str, shell: Value, exported: Value) {
        for (own, value) in [(&mut self.shell, shell), (&mut self.exported, exported)] {
            if value == Value::Unset { own.remove(name) } else { own.set(name, value) }
        }
        self.touched.push(name.to_owned());
    }

    /// Nobody knows these any more, as nobody counts the rounds of a loop.
    pub(super) fn blur(&mut self, names: &BTreeSet<String>, exported: &Environment) {
        for name in names {
            self.shell.set(name, unclear(name));
            if self.exported.has(name) || exported.has(name) {
                self.exported.set(name, unclear(name));
            }
            self.touched.push(name.clone());
        }
    }

    /// Nobody knows anything any more: something ran in this very shell that is not in the text.
    pub(super) fn forget(&mut self, reason: &str) {
        self.touched.extend(self.shell.all().chain(self.exported.all()).map(str::to_owned));
        self.shell.forget(reason);
        self.exported.forget(reason);
        self.folder = None;
        self.arguments = None;
        self.exports_all = None;
    }

    pub(super) fn change_folder(&mut self, to: Option<&str>) {
        self.folder = match (to, &self.folder) {
            (Some(to), _) if has_hole(to) || to == "-" => None,
            (Some(to), _) if to.starts_with('/') => Some(joined("/", to)),
            (Some(to), Some(from)) => Some(joined(from, to)),
            _ => None,
        };
    }

    /// The state of a path that begins here.
    pub(super) fn branch(&self) -> Self {
        Self { touched: Vec::new(), ..self.clone() }
    }

    /// What is known where paths meet of which nobody knows which was taken. They began here.
    pub(super) fn meet(&mut self, paths: Vec<Self>) {
        let exited = paths.iter().all(|path| path.flow == Flow::Exited);
        let mut on = paths.into_iter().filter(|path| path.flow == Flow::On);
        let Some(mut met) = on.next() else {
            self.flow = if exited { Flow::Exited } else { Flow::Returned };
            return;
        };
        let mut touched = std::mem::take(&mut self.touched);
        on.for_each(|other| met.join(&other));
        touched.append(&mut met.touched);
        *self = Self { touched, ..met };
    }

    fn join(&mut self, other: &Self) {
        let names: BTreeSet<String> = self.touched.iter().chain(&other.touched).cloned().collect();
        for name in &names {
            for (own, other) in [(&mut self.shell, &other.shell), (&mut self.exported, &other.exported)] {
                if own.get(name) != other.get(name) {
                    own.set(name, unclear(name));
                }
            }
        }
        self.shell.join(&other.shell);
        self.exported.join(&other.exported);
        self.touched = names.into_iter().collect();
        if self.folder != other.folder {
            self.folder = None;
        }
        if self.arguments != other.arguments {
            self.arguments = None;
        }
        if self.exports_all != other.exports_all {
            self.exports_all = None;
        }
    }
}

fn unclear(name: &str) -> Value {
    Value::unknown(format!("{name} is set in a branch of the script"))
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
