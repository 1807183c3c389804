//! A `go build` line: go's flags as go itself reads them, and the packages behind them.

use std::ffi::{OsStr, OsString};

/// One flag of go's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoFlag {
    /// Name without dashes: `ldflags`.
    pub name: String,
    /// Value, whether it stood behind `=` or in the next word; none for a boolean written bare.
    pub value: Option<OsString>,
    /// The words as typed, for handing them on untouched.
    pub words: Vec<OsString>,
}

/// The flags in order, then the packages in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoLine {
    /// Flags as typed, in order.
    pub flags: Vec<GoFlag>,
    /// Packages or files.
    pub packages: Vec<OsString>,
}

impl GoLine {
    /// The last occurrence of a flag: for most of go's flags the one that counts.
    pub fn last(&self, name: &str) -> Option<&GoFlag> {
        self.flags.iter().rev().find(|flag| flag.name == name)
    }

    /// The last value of a flag that takes one.
    pub fn value(&self, name: &str) -> Option<&OsStr> {
        self.last(name).and_then(|flag| flag.value.as_deref())
    }
}

impl GoFlag {
    /// A boolean flag's meaning, as Go's `flag` package reads it (`strconv.ParseBool`): bare is true.
    /// None where the value is not a boolean (go will say so itself).
    pub fn boolean(&self) -> Option<bool> {
        match self.value.as_deref().map(OsStr::to_str) {
            None => Some(true),
            Some(Some("1" | "t" | "T" | "true" | "TRUE" | "True")) => Some(true),
            Some(Some("0" | "f" | "F" | "false" | "FALSE" | "False")) => Some(false),
            Some(_) => None,
        }
    }
}
