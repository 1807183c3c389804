//! The names that a library has for others, small enough to keep of every library of an image.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::binary::elf::Definition;

/// A set of names, each as a hash of 40 bits: of a closure with twenty thousand names one that is missing is
/// taken for there once in fifty million times. It is no protection against somebody who looks for names of
/// one hash.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Exports(Vec<u64>);

/// Hexadecimal digits of a hash.
const DIGITS: usize = 10;

impl Exports {
    /// The set of these definitions.
    pub fn of(definitions: impl IntoIterator<Item = Definition>) -> Self {
        let mut exports = Self::default();
        definitions.into_iter().for_each(|one| exports.add(&one));
        exports.sorted()
    }

    /// Adds one; [`Self::sorted`] makes a set of them.
    pub fn add(&mut self, definition: &Definition) {
        self.0.extend(keys(definition));
    }

    /// The set of everything that was added.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self.0.dedup();
        self.0.shrink_to_fit();
        self
    }

    /// How many hashes it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether musl's loader finds a name: it knows no versions, and no functions that are chosen at the start.
    pub fn has(&self, name: &str) -> bool {
        self.contains(name, "")
    }

    /// Whether glibc's loader finds a name for a reference with this version or without one
    /// (`elf/dl-lookup.c`, `check_match`).
    pub fn has_version(&self, name: &str, version: Option<&str>) -> bool {
        match version {
            Some(version) => [version, BASE, BARE].iter().any(|mark| self.contains(name, mark)),
            None => self.contains(name, "") || self.contains(name, INDIRECT),
        }
    }

    /// Whether a name is there and the library has no table of versions at all.
    pub fn is_bare(&self, name: &str) -> bool {
        self.contains(name, BARE)
    }

    fn contains(&self, name: &str, mark: &str) -> bool {
        self.0.binary_search(&hash(name, mark)).is_ok()
    }
}

/// What marks a name that serves whatever version is asked for, one in a library without a table of versions,
/// and one that a function chooses; no name of a version has these characters.
const BASE: &str = "\0";
const BARE: &str = "\u{1}";
const INDIRECT: &str = "\u{2}";

fn keys(one: &Definition) -> impl Iterator<Item = u64> + use<> {
    let plain = (!one.superseded).then(|| hash(&one.name, if one.indirect { INDIRECT } else { "" }));
    let own = match &one.version {
        Some(version) => Some(hash(&one.name, version)),
        // A hidden symbol of no version is found by nobody who asks for one.
        None => (!one.superseded).then(|| hash(&one.name, if one.bare { BARE } else { BASE })),
    };
    plain.into_iter().chain(own)
}

/// FNV-1a of 64 bits, folded.
fn hash(name: &str, mark: &str) -> u64 {
    let bytes = name.bytes().chain([b'@']).chain(mark.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 40)) & 0xff_ffff_ffff
}

impl From<Exports> for String {
    fn from(exports: Exports) -> Self {
        let text = String::with_capacity(exports.0.len() * DIGITS);
        exports.0.iter().fold(text, |mut text, hash| {
            // Writing to a String does not fail.
            let _ = write!(text, "{hash:010x}");
            text
        })
    }
}

impl TryFrom<String> for Exports {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "a list of names is no list of hashes";
        let one = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() == DIGITS)?;
            u64::from_str_radix(digits, 16).ok()
        };
        let hashes: Option<Vec<u64>> = text.as_bytes().chunks(DIGITS).map(one).collect();
        let hashes = hashes.filter(|hashes| hashes.is_sorted());
        hashes.map(Self).ok_or(WRONG)
    }
}

/// A symbol that a library leaves to others to define, weak ones left out. As text it is `name`,
/// `name@VERSION`, and with `~` in front where it waits for a first call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// The version that it was linked against.
    pub version: Option<String>,
    /// Whether glibc's loader looks for it only when it is called.
    pub on_call: bool,
}

impl From<String> for Wanted {
    fn from(text: String) -> Self {
        let (on_call, text) = text.strip_prefix('~').map_or((false, text.as_str()), |rest| (true, rest));
        match text.rsplit_once('@') {
            Some((name, version)) => {
                Self { name: name.to_owned(), version: Some(version.to_owned()), on_call }
            }
            None => Self { name: text.to_owned(), version: None, on_call },
        }
    }
}

impl From<Wanted> for String {
    fn from(Wanted { name, version, on_call }: Wanted) -> Self {
        let version = version.map(|version| format!("@{version}")).unwrap_or_default();
        format!("{}{name}{version}", if on_call { "~" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exports() -> Exports {
        let one = |name: &str, version: Option<&str>, superseded, indirect, bare| Definition {
            name: name.to_owned(),
            version: version.map(str::to_owned),
            superseded,
            indirect,
            bare,
        };
        Exports::of([
            one("memcpy", Some("V_1"), true, false, false),
            one("memcpy", Some("V_2"), false, true, false),
            one("plain", None, false, false, false),
            one("bare", None, false, false, true),
            one("new", Some("V_2"), false, false, false),
            one("gone", Some("V_1"), true, false, false),
        ])
    }

    #[test]
    fn a_version_is_a_part_of_the_name() {
        let exports = exports();
        for (name, version, found) in [
            ("memcpy", Some("V_1"), true),
            ("memcpy", Some("V_2"), true),
            ("memcpy", Some("V_3"), false),
            ("memcpy", None, true),
            ("plain", Some("V_9"), true),
            ("plain", None, true),
            ("bare", Some("V_9"), true),
            ("bare", None, true),
            ("new", Some("V_1"), false),
            ("gone", None, false),
            ("gone", Some("V_1"), true),
            ("other", None, false),
        ] {
            assert_eq!(exports.has_version(name, version), found, "{name} {version:?}");
        }
        assert!(exports.has("new") && exports.has("plain"));
        assert!(!exports.has("memcpy") && !exports.has("gone"));
        assert!(exports.is_bare("bare") && !exports.is_bare("plain"));
    }

    #[test]
    fn as_text_and_back() {
        let text = String::from(exports());
        assert!(text.len() % DIGITS == 0 && text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{text}");
        assert_eq!(Exports::try_from(text.clone()).unwrap(), exports());
        for wrong in [&text[1..], "zzzzzzzzzz", "00000000020000000001", "é000000000"] {
            assert!(Exports::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        for (text, name, version, on_call) in
            [("a", "a", None, false), ("~b@V_1", "b", Some("V_1"), true), ("c@V", "c", Some("V"), false)]
        {
            let wanted = Wanted::from(text.to_owned());
            let version = version.map(str::to_owned);
            assert_eq!(wanted, Wanted { name: name.to_owned(), version, on_call });
            assert_eq!(String::from(wanted), text);
        }
    }
}
