//! A variable, and all of them at one place.

use rpds::{RedBlackTreeMap, RedBlackTreeSet};

/// What a variable is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// This, from the file.
    Known(String),
    /// Nothing sets it.
    Unset,
    /// Only the build knows: the reason as a clause.
    Unknown(String),
}

impl Value {
    /// The text where it is known.
    pub fn known(self) -> Option<String> {
        match self {
            Self::Known(text) => Some(text),
            _ => None,
        }
    }
}

/// The variables at one place. Each step of a file has its own, so that what they have in common is there once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    values: RedBlackTreeMap<String, Value>,
    /// Names that `ENV` set: an `ARG` of the same name does not win over it.
    fixed: RedBlackTreeSet<String>,
}

impl Environment {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or(Value::Unset)
    }

    /// What `ENV`, or an assignment, sets.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert_mut(name.to_owned(), value);
        self.fixed.insert_mut(name.to_owned());
    }

    /// What `ARG` sets: `ENV` wins over it.
    pub fn set_argument(&mut self, name: &str, value: Value) {
        if !self.fixed.contains(name) {
            self.values.insert_mut(name.to_owned(), value);
        }
    }

    /// What `unset` and `env -u` take away.
    pub fn remove(&mut self, name: &str) {
        self.values.remove_mut(name);
    }

    /// Whether anything sets it, whatever to.
    pub fn has(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| *value != Value::Unset)
    }
}
