//! Readers of plain values.

use toml::de::DeValue;

/// What is wrong with a value, and what would be right where that can be said.
pub(super) type Wrong = (Fault, Option<String>);

/// What is wrong with the value of a key, without the key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A clause of its own: "expected a string, found a list".
    Clause(String),
    /// What is said of the key: "is empty", "holds a NUL".
    Predicate(String),
}

impl From<String> for Fault {
    fn from(clause: String) -> Self {
        Self::Clause(clause)
    }
}

impl Fault {
    /// Said of a key.
    pub(super) fn of(&self, key: &str) -> String {
        match self {
            Self::Clause(clause) => format!("`{key}`: {clause}"),
            Self::Predicate(predicate) => format!("`{key}` {predicate}"),
        }
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
    (format!("expected {expected}, found {}", a_kind_of(found)).into(), None)
}

/// A string.
pub(super) fn string(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = value.as_str().ok_or_else(|| mismatch("a string", value))?;
    // No argument and no name of a file can: the system takes it for the end.
    if text.contains('\0') {
        Err((Fault::Predicate("holds a NUL".to_owned()), None))
    } else {
        Ok(text.to_owned())
    }
}

/// A string with something in it.
pub(super) fn filled(value: &DeValue<'_>) -> Result<String, Wrong> {
    match string(value)? {
        text if text.trim().is_empty() => {
            Err((Fault::Predicate("is empty".to_owned()), Some("leave the key out".to_owned())))
        }
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
