//! `GOFLAGS`: flags that go reads before those of the command line.

use std::ffi::OsStr;

use super::line::GoFlag;
use super::quoted::quoted_split;
use crate::error::{Error, Result};

/// The flags of a `GOFLAGS` value, in order. Each is one word, `-race` or `-ldflags=-s`, with one dash or
/// two: go never takes a value from the next word here (`InitGOFLAGS` in `cmd/go/internal/base`). Whether
/// a flag exists is for go to say.
pub fn goflags(value: &str) -> Result<Vec<GoFlag>> {
    let words = quoted_split(value)
        .map_err(|error| Error { message: format!("GOFLAGS: {}", error.message), ..error })?;
    words.iter().map(|word| flag(word, value)).collect()
}

fn flag(word: &str, all: &str) -> Result<GoFlag> {
    let name = word.strip_prefix('-').map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    match name {
        Some(name) if !name.is_empty() && !name.starts_with(['-', '=']) => {
            Ok(GoFlag::from_word(OsStr::new(word)))
        }
        _ => Err(Error::new(format!("GOFLAGS: `{word}` is not a flag"))
            .detail(format!("  GOFLAGS={all}"))
            .help("in GOFLAGS a value follows its flag behind `=`, quoted as a whole: GOFLAGS=\"'-ldflags=-s -w'\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<(String, Option<String>)> {
        let text = |value: std::ffi::OsString| value.into_string().unwrap();
        goflags(value).unwrap().into_iter().map(|flag| (flag.name, flag.value.map(text))).collect()
    }

    fn flag(name: &str, value: Option<&str>) -> (String, Option<String>) {
        (name.to_owned(), value.map(str::to_owned))
    }

    #[test]
    fn flags_are_words_with_their_value_behind_an_equals_sign() {
        assert_eq!(
            read(" -mod=vendor --trimpath '-ldflags=-s -w' -tags= "),
            [
                flag("mod", Some("vendor")),
                flag("trimpath", None),
                flag("ldflags", Some("-s -w")),
                flag("tags", Some(""))
            ]
        );
        assert_eq!(read(""), []);
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for value in ["vendor", "-mod vendor", "-", "--", "---x", "-=x", "--=x", "''"] {
            let error = goflags(value).unwrap_err();
            assert!(error.message.ends_with("is not a flag"), "{value}: {}", error.message);
        }
        assert_eq!(goflags("'-x").unwrap_err().message, "GOFLAGS: unterminated ' string");
    }
}
