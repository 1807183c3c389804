//! Reads values out of a parsed file, each with its origin, and collects everything that is wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Kind, advice};
use super::origin::{List, Origin, Sourced};
use super::source::{Problem, Source};

/// What is wrong with a value, and what would be right where that can be said.
pub(super) type Wrong = (String, Option<String>);

/// The file with the problems found so far.
pub(super) struct Walk<'a> {
    pub(super) source: Source<'a>,
    pub(super) problems: RefCell<Vec<Problem>>,
}

impl Walk<'_> {
    pub(super) fn problem(&self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.problems.borrow_mut().push(Problem { message: message.into(), span, help });
    }
}

/// One table of the file.
pub(super) struct Section<'w, 'a> {
    walk: &'w Walk<'a>,
    table: &'w DeTable<'a>,
    /// Bytes of the table's header, or of the key that holds it.
    pub(super) span: Range<usize>,
    /// Dotted path: `target.prod`; empty at the top.
    path: String,
    kind: Kind,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl<'w, 'a> Section<'w, 'a> {
    /// Opens a table; keys that its kind does not have are reported at once.
    pub(super) fn open(
        walk: &'w Walk<'a>,
        table: &'w DeTable<'a>,
        span: Range<usize>,
        path: String,
        kind: Kind,
    ) -> Self {
        for (key, _) in table {
            let name = key.get_ref();
            if !kind.keys.contains(&name.as_ref()) {
                let place = if path.is_empty() { kind.header.to_owned() } else { format!("in [{path}]") };
                walk.problem(key.span(), format!("unknown key `{name}` {place}"), Some(advice(name, kind)));
            }
        }
        Self { walk, table, span, path, kind }
    }

    /// Reports something about a place in this table.
    pub(super) fn wrong(&self, span: Range<usize>, (message, help): Wrong) {
        self.walk.problem(span, message, help);
    }

    /// The origin of a place in the file.
    pub(super) fn origin(&self, at: usize, key: &str) -> Origin {
        let dot = if self.path.is_empty() || key.is_empty() { "" } else { "." };
        let key = format!("{}{dot}{key}", self.path);
        Origin::File { path: self.walk.source.path.to_owned(), line: self.walk.source.line(at), key }
    }

    fn get(&self, key: &str) -> Option<(Range<usize>, &'w Value<'a>)> {
        debug_assert!(self.kind.keys.contains(&key), "{key} is missing in the list of keys");
        self.table.get_key_value(key).map(|(key, value)| (key.span(), value))
    }

    /// Bytes of the value of a key.
    pub(super) fn value_span(&self, key: &str) -> Option<Range<usize>> {
        self.get(key).map(|(_, value)| value.span())
    }

    /// Whether a key is there and holds a string.
    pub(super) fn is_string(&self, key: &str) -> bool {
        self.get(key).is_some_and(|(_, value)| value.get_ref().is_str())
    }

    /// Whether a key is there and holds a list without items.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|(_, value)| matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()))
    }

    /// A value that `read` makes something of.
    pub(super) fn value<T>(
        &self,
        key: &str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<Sourced<T>> {
        let (at, value) = self.get(key)?;
        match read(value.get_ref()) {
            Ok(read) => Some(Sourced::new(read, self.origin(at.start, key))),
            Err((message, help)) => {
                self.walk.problem(value.span(), format!("`{key}`: {message}"), help);
                None
            }
        }
    }

    /// A list, every item with its own line.
    pub(super) fn list<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<List<T>> {
        let (at, value) = self.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            let (message, _) = mismatch(expected, value.get_ref());
            self.walk.problem(value.span(), format!("`{key}`: {message}"), None);
            return None;
        };
        let mut list = Vec::new();
        for item in items.iter() {
            match read(item.get_ref()) {
                Ok(read) => list.push(Sourced::new(read, self.origin(item.span().start, key))),
                Err((message, help)) => self.walk.problem(item.span(), format!("`{key}`: {message}"), help),
            }
        }
        Some(Sourced::new(list, self.origin(at.start, key)))
    }

    /// A table whose keys are the user's own names.
    pub(super) fn map<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<BTreeMap<String, Sourced<T>>> {
        let (_, value) = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            let (message, _) = mismatch(expected, value.get_ref());
            self.walk.problem(value.span(), format!("`{key}`: {message}"), None);
            return None;
        };
        let mut map = BTreeMap::new();
        for (name, value) in table {
            match read(value.get_ref()) {
                Ok(read) => {
                    let origin = self.origin(name.span().start, &format!("{key}.{}", name.get_ref()));
                    map.insert(name.get_ref().clone().into_owned(), Sourced::new(read, origin));
                }
                Err((message, help)) => {
                    self.walk.problem(value.span(), format!("`{key}.{}`: {message}", name.get_ref()), help);
                }
            }
        }
        Some(map)
    }

    /// A table of gobuild's: `[build]`.
    pub(super) fn section(&self, key: &'static str, kind: Kind) -> Option<Section<'w, 'a>> {
        let (at, value) = self.get(key)?;
        self.open_value(at, value, key.to_owned(), kind)
    }

    /// Tables named by the user: `[target.NAME]`.
    pub(super) fn sections(&self, key: &'static str, kind: Kind) -> Vec<(String, Section<'w, 'a>)> {
        let Some((_, value)) = self.get(key) else { return Vec::new() };
        let DeValue::Table(tables) = value.get_ref() else {
            self.walk.problem(
                value.span(),
                format!("`{key}` is {}", a_kind_of(value.get_ref())),
                Some(format!("write {}", kind.header)),
            );
            return Vec::new();
        };
        let sections = tables.iter().filter_map(|(name, value)| {
            let plain =
                name.get_ref().chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
            let shown = if plain { name.get_ref().to_string() } else { format!("\"{}\"", name.get_ref()) };
            let section = self.open_value(name.span(), value, format!("{key}.{shown}"), kind)?;
            Some((name.get_ref().clone().into_owned(), section))
        });
        sections.collect()
    }

    /// Tables in a list: `copy = [{ from = "a", to = "b" }]`.
    pub(super) fn tables(&self, key: &'static str, kind: Kind) -> Vec<Section<'w, 'a>> {
        let Some((_, value)) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let (message, _) = mismatch("a list of tables", value.get_ref());
            self.walk.problem(value.span(), format!("`{key}`: {message}"), None);
            return Vec::new();
        };
        let path = format!("{}.{key}", self.path);
        items.iter().filter_map(|item| self.open_value(item.span(), item, path.clone(), kind)).collect()
    }

    fn open_value(
        &self,
        at: Range<usize>,
        value: &'w Value<'a>,
        path: String,
        kind: Kind,
    ) -> Option<Section<'w, 'a>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Section::open(self.walk, table, at, path, kind));
        }
        let (message, _) = mismatch("a table", value.get_ref());
        self.walk.problem(
            value.span(),
            format!("`{path}`: {message}"),
            Some(format!("write {}", kind.header)),
        );
        None
    }
}

/// A value's type with its article.
fn a_kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The message for a value of a wrong type.
pub(super) fn mismatch(expected: &str, found: &DeValue<'_>) -> Wrong {
    (format!("expected {expected}, found {}", a_kind_of(found)), None)
}

/// A string.
pub(super) fn string(value: &DeValue<'_>) -> Result<String, Wrong> {
    value.as_str().map(str::to_owned).ok_or_else(|| mismatch("a string", value))
}

/// A string with something in it.
pub(super) fn filled(value: &DeValue<'_>) -> Result<String, Wrong> {
    match string(value)? {
        text if text.trim().is_empty() => Err(("is empty".to_owned(), Some("leave the key out".to_owned()))),
        text => Ok(text),
    }
}

/// `true` or `false`.
pub(super) fn boolean(value: &DeValue<'_>) -> Result<bool, Wrong> {
    value.as_bool().ok_or_else(|| {
        let (message, _) = mismatch("true or false", value);
        let unquoted = value.as_str().filter(|text| matches!(*text, "true" | "false"));
        (message, unquoted.map(|text| format!("without quotes: {text}")))
    })
}
