//! A variable, and all of them at one place.

use rpds::{RedBlackTreeMap, RedBlackTreeSet};

/// In a text: a part that only the build knows. It is of no length that is known, and may be empty.
pub const HOLE: char = '\u{e000}';
/// A word of a command that is nothing but such a part, without quotes: none, one or many words.
pub const WORDS: char = '\u{e001}';

/// Whether a part of a text is known to the build alone.
pub fn has_hole(text: &str) -> bool {
    text.contains([HOLE, WORDS])
}

/// What a variable is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// This, from the file.
    Known(String),
    /// Nothing sets it.
    Unset,
    /// Only the build knows all of it.
    Unknown(Partly),
}

/// A value of which only the build knows all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partly {
    /// What is known of it: text with a [`HOLE`] for each part that is not.
    pub text: String,
    /// Why, as a clause.
    pub reason: String,
}

impl Value {
    /// Nothing is known of it, for this reason.
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(Partly { text: HOLE.to_string(), reason: reason.into() })
    }

    /// A text, which may have holes in it.
    pub fn of(text: String, reason: impl FnOnce() -> String) -> Self {
        if !has_hole(&text) {
            return Self::Known(text);
        }
        Self::Unknown(Partly { text: text.replace(WORDS, &HOLE.to_string()), reason: reason() })
    }

    /// Its text, with holes where only the build knows it.
    pub fn text(&self) -> &str {
        match self {
            Self::Known(text) => text,
            Self::Unset => "",
            Self::Unknown(partly) => &partly.text,
        }
    }

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
