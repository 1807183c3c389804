//! Reads values out of a parsed file, each with its origin, and collects everything that is wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Kind, advice};
use super::source::{Problem, Source};
use super::values::{Wrong, mismatch};
use crate::origin::{List, Origin, Sourced};

/// The file with the problems found so far.
pub(super) struct Walk<'a> {
    pub(super) source: Source<'a>,
    pub(super) problems: RefCell<Vec<Problem>>,
}

impl Walk<'_> {
    /// Something about the value of a key: "`cgo`: expected ...", "`platforms` is empty", "`name` holds a NUL".
    fn bad_value(&self, span: Range<usize>, key: &str, (fault, help): Wrong) {
        self.problem(span, fault.of(key), help);
    }

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
                let place = if path.is_empty() { "at the top".to_owned() } else { format!("in [{path}]") };
                walk.problem(key.span(), format!("unknown key `{name}` {place}"), Some(advice(name, kind)));
            }
        }
        Self { walk, table, span, path, kind }
    }

    /// Reports something about a place in this table.
    pub(super) fn wrong(&self, span: Range<usize>, (message, help): (String, Option<String>)) {
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
            Err(wrong) => {
                self.walk.bad_value(value.span(), key, wrong);
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
            self.walk.bad_value(value.span(), key, mismatch(expected, value.get_ref()));
            return None;
        };
        let mut list = Vec::new();
        for item in items {
            match read(item.get_ref()) {
                Ok(read) => list.push(Sourced::new(read, self.origin(item.span().start, key))),
                Err(wrong) => self.walk.bad_value(item.span(), key, wrong),
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
            self.walk.bad_value(value.span(), key, mismatch(expected, value.get_ref()));
            return None;
        };
        let mut map = BTreeMap::new();
        for (name, value) in table {
            let path = format!("{key}.{}", name.get_ref());
            match read(value.get_ref()) {
                Ok(read) => {
                    let read = Sourced::new(read, self.origin(name.span().start, &path));
                    map.insert(name.get_ref().clone().into_owned(), read);
                }
                Err(wrong) => self.walk.bad_value(value.span(), &path, wrong),
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
            let (message, _) = mismatch("tables", value.get_ref());
            let help = Some(format!("write {}", kind.header));
            self.walk.bad_value(value.span(), key, (message, help));
            return Vec::new();
        };
        let sections = tables.iter().filter_map(|(name, value)| {
            if name.get_ref().trim().is_empty() {
                let help = Some(format!("write {}", kind.header));
                self.wrong(name.span(), (format!("a table of `{key}` has no name"), help));
                return None;
            }
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
            self.walk.bad_value(value.span(), key, mismatch("a list of tables", value.get_ref()));
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
        self.walk.bad_value(value.span(), &path, (message, Some(format!("write {}", kind.header))));
        None
    }
}
