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
    /// Whether it is set at all.
    pub presence: Presence,
}

/// Whether a variable of which only the build knows the value is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is, whatever to.
    Surely,
    /// Nobody knows.
    Perhaps,
    /// Only where the build is given a value: an `ARG` without a default.
    IfGiven,
}

impl Value {
    /// Nothing is known of it, for this reason.
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(Partly { text: HOLE.to_string(), reason: reason.into(), presence: Presence::Perhaps })
    }

    /// What an `ARG` without a default is.
    pub fn argument(name: &str) -> Self {
        let reason = format!("ARG {name} has no default");
        Self::Unknown(Partly { text: HOLE.to_string(), reason, presence: Presence::IfGiven })
    }

    /// A text, which may have holes in it.
    pub fn of(text: String, reason: impl FnOnce() -> String) -> Self {
        if !has_hole(&text) {
            return Self::Known(text);
        }
        let text = text.replace(WORDS, &HOLE.to_string());
        Self::Unknown(Partly { text, reason: reason(), presence: Presence::Surely })
    }

    /// The text where it is known; empty where nothing sets it.
    pub fn or_empty(self) -> Option<String> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unset => Some(String::new()),
            Self::Unknown(_) => None,
        }
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
    /// Why nobody knows what is not listed; where there is no reason, it is not set.
    others: Option<String>,
}

impl Environment {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Value {
        match (self.values.get(name), &self.others) {
            (Some(value), _) => value.clone(),
            (None, Some(reason)) => Value::unknown(reason.clone()),
            (None, None) => Value::Unset,
        }
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
        if self.others.is_some() {
            self.values.insert_mut(name.to_owned(), Value::Unset);
        } else {
            self.values.remove_mut(name);
        }
    }

    /// Whether anything sets it, or may, whatever to.
    pub fn has(&self, name: &str) -> bool {
        self.get(name) != Value::Unset
    }

    /// Whether something sets it for sure, whatever to.
    pub(super) fn surely_has(&self, name: &str) -> bool {
        match self.get(name) {
            Value::Known(_) => true,
            Value::Unset => false,
            Value::Unknown(partly) => partly.presence == Presence::Surely,
        }
    }

    /// Every name that is listed.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// From here on nobody knows what any of them is.
    pub(super) fn forget(&mut self, reason: &str) {
        self.values = RedBlackTreeMap::new();
        self.others = Some(reason.to_owned());
    }

    /// What is not known in another one is not known in this.
    pub(super) fn join(&mut self, other: &Self) {
        let Some(reason) = other.others.as_ref().filter(|_| self.others.is_none()) else { return };
        let unclear: Vec<String> =
            self.all().filter(|name| self.get(name) != other.get(name)).map(str::to_owned).collect();
        for name in unclear {
            self.values.remove_mut(&name);
        }
        self.others = Some(reason.clone());
    }
}
