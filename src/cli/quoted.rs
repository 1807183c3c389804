//! Lists of words in one string, as go reads them in `GOFLAGS`, `CC` and the value of `-ldflags`.
//!
//! The rules are those of Go's `cmd/internal/quoted`: words are separated by spaces; a word may stand in
//! single or double quotes; nothing is unescaped; a quote inside a word is a letter like any other.

use crate::error::{Error, Result};

const fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r')
}

/// The words of a list. Fails where a quote is not closed.
pub fn quoted_split(text: &str) -> Result<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while let Some(first) = rest.chars().next() {
        let (word, after) = if matches!(first, '"' | '\'') {
            rest[1..].split_once(first).ok_or_else(|| {
                Error::new(format!("unterminated {first} string")).detail(format!("  {text}"))
            })?
        } else {
            rest.split_at(rest.find(is_space).unwrap_or(rest.len()))
        };
        words.push(word.to_owned());
        rest = after.trim_start_matches(is_space);
    }
    Ok(words)
}

/// One string that [`quoted_split`] takes apart into the same words, each quoted only where it must be.
/// Fails for a word that holds both kinds of quotes: go has no way to write it.
///
/// An empty word is quoted too. Go's own `Join` leaves it bare, and its `Split` then loses it.
pub fn quoted_join<S: AsRef<str>>(words: &[S]) -> Result<String> {
    let quoted: Result<Vec<String>> = words.iter().map(|word| quote(word.as_ref())).collect();
    Ok(quoted?.join(" "))
}

fn quote(word: &str) -> Result<String> {
    if !word.is_empty() && !word.contains(|letter| is_space(letter) || matches!(letter, '"' | '\'')) {
        return Ok(word.to_owned());
    }
    match ['\'', '"'].into_iter().find(|mark| !word.contains(*mark)) {
        Some(mark) => Ok(format!("{mark}{word}{mark}")),
        None => Err(Error::new(format!("`{word}` holds both kinds of quotes, and go cannot quote that"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        quoted_split(text).unwrap()
    }

    /// The table of Go's own `quoted_test.go`, in our words.
    #[test]
    fn lists_are_split_as_go_splits_them() {
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split("  \t\r\n "), [""; 0]);
        assert_eq!(split(" a  b\tc "), ["a", "b", "c"]);
        assert_eq!(split(r#"'a b' "c 'd'""#), ["a b", "c 'd'"]);
        assert_eq!(split("a'b c'"), ["a'b", "c'"], "a quote inside a word is a letter");
        assert_eq!(split(r"\'a"), [r"\'a"], "a backslash escapes nothing");
        assert_eq!(split(r#"'a'"b"c"#), ["a", "b", "c"], "no space is needed behind a quoted word");
        assert_eq!(split(r#"'' """#), ["", ""]);
        assert_eq!(split("ü 'é'"), ["ü", "é"]);
    }

    #[test]
    fn an_open_quote_is_an_error() {
        assert_eq!(quoted_split("a 'b").unwrap_err().message, "unterminated ' string");
        assert_eq!(quoted_split("\"").unwrap_err().message, "unterminated \" string");
    }

    #[test]
    fn what_was_joined_splits_into_the_same_words() {
        for words in [vec!["gcc", "-O2"], vec!["a b", "it's", "say \"x\""], vec!["", "x"], vec![]] {
            assert_eq!(split(&quoted_join(&words).unwrap()), words);
        }
        assert_eq!(quoted_join(&["-s", "-X main.v=1"]).unwrap(), "-s '-X main.v=1'");
        assert!(quoted_join(&["'\""]).is_err());
    }
}
