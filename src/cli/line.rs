//! A `go build` line: go's flags as go itself reads them, and the packages behind them.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

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
    /// Whether a bare `--` stood between the two. Go drops it; the words behind it are packages even
    /// where they begin with a dash.
    pub terminated: bool,
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

    /// The value of `-C`, which go takes only as the very first flag: whoever adds a flag puts it behind
    /// this one. A `-C` elsewhere is not a directory, it is an error of go's.
    pub fn directory(&self) -> Option<&OsStr> {
        self.flags.first().filter(|flag| flag.name == "C").and_then(|flag| flag.value.as_deref())
    }

    /// The line as typed, for handing it on untouched.
    pub fn words(&self) -> Vec<OsString> {
        let flags = self.flags.iter().flat_map(|flag| flag.words.iter().cloned());
        let terminator = self.terminated.then(|| OsString::from("--"));
        flags.chain(terminator).chain(self.packages.iter().cloned()).collect()
    }
}

impl GoFlag {
    /// A flag written in one word, with one dash or two: `-race`, `--ldflags=-s`. The value may be in
    /// another word: that is for the reader of the line to add.
    pub fn from_word(word: &OsStr) -> Self {
        let bytes = word.as_bytes();
        let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
        let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
        let equals = bytes.iter().position(|byte| *byte == b'=');
        let name = OsStr::from_bytes(&bytes[..equals.unwrap_or(bytes.len())]);
        Self {
            name: name.to_string_lossy().into_owned(),
            value: equals.map(|at| OsStr::from_bytes(&bytes[at + 1..]).to_owned()),
            words: vec![word.to_owned()],
        }
    }

    /// A boolean flag's meaning, as Go's `flag` package reads it (`strconv.ParseBool`): bare is true.
    /// None where the value is not a boolean (go will say so itself).
    pub fn boolean(&self) -> Option<bool> {
        match self.value.as_deref().map(OsStr::to_str) {
            None | Some(Some("1" | "t" | "T" | "true" | "TRUE" | "True")) => Some(true),
            Some(Some("0" | "f" | "F" | "false" | "FALSE" | "False")) => Some(false),
            Some(_) => None,
        }
    }
}
