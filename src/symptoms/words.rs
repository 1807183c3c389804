//! A message as its words. What differs from one paste to the next (quotes, case, line breaks, punctuation,
//! colours, escapes of JSON) is gone; a pattern finds itself in what is left.

use std::ops::Range;

/// So many words a gap `..` of a pattern may leave out: a sentence, not a log.
const GAP: usize = 12;

/// A pasted text as words in lower case.
pub fn words(text: &str) -> Vec<String> {
    let plain = text
        .replace("&quot;", "")
        .replace("&#34;", "")
        .replace("&#39;", "")
        .replace("\\n", " ")
        .replace("\\t", " ")
        .replace("\\r", " ");
    let kept: String = without_colours(&plain).chars().filter(|letter| !is_quote(*letter)).collect();
    kept.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}

/// Whether a letter only marks where a name begins or ends. A backslash does so in JSON and in shells.
fn is_quote(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '`' | '\u{b4}' | '\\' | '\u{ab}' | '\u{bb}' | '\u{2018}'
            ..='\u{201f}' | '\u{2039}' | '\u{203a}'
    )
}

fn word(text: &str) -> String {
    // A dot at the front is part of a path: `./app`.
    let around = |letter: char| ":;,!?()[]{}<>|=".contains(letter);
    let behind = |letter: char| letter == '.' || around(letter);
    text.trim_start_matches(around).trim_end_matches(behind).to_lowercase()
}

/// Takes out what colours a terminal: an escape, a bracket, and all up to a letter.
fn without_colours(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            let _ = letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            kept.push(letter);
        }
    }
    kept
}

/// A pattern of the table, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// A word; where there is a `*`, the parts between them.
    Word(Vec<String>),
    /// `..`
    Gap,
}

impl Pattern {
    /// Reads a pattern: words, `*` for any run of letters inside one, `..` for up to a dozen words.
    pub fn new(text: &str) -> Self {
        let piece = |word: &str| match word {
            ".." => Piece::Gap,
            word => Piece::Word(word.split('*').map(str::to_owned).collect()),
        };
        Self(text.split_whitespace().map(piece).collect())
    }

    /// How much of a match the pattern itself says, in letters.
    pub fn weight(&self) -> usize {
        let letters = |piece: &Piece| match piece {
            Piece::Word(parts) => parts.iter().map(String::len).sum(),
            Piece::Gap => 0,
        };
        self.0.iter().map(letters).sum()
    }

    /// Every place where it stands, as ranges of words; of two that begin at one word the shorter.
    pub fn places(&self, words: &[String]) -> Vec<Range<usize>> {
        let end = |start: usize| end_of(&self.0, words, start);
        (0..words.len()).filter_map(|start| end(start).map(|end| start..end)).collect()
    }
}

/// Where a match that begins at a word ends.
fn end_of(pieces: &[Piece], words: &[String], at: usize) -> Option<usize> {
    match pieces {
        [] => Some(at),
        [Piece::Gap, rest @ ..] => {
            (at..=(at + GAP).min(words.len())).find_map(|next| end_of(rest, words, next))
        }
        [Piece::Word(parts), rest @ ..] => {
            words.get(at).filter(|word| is_word(parts, word)).and_then(|_| end_of(rest, words, at + 1))
        }
    }
}

/// Whether a word is the parts in order, with anything between them.
fn is_word(parts: &[String], word: &str) -> bool {
    let [first, middle @ .., last] = parts else { return parts.first().is_some_and(|only| only == word) };
    let Some(rest) = word.strip_prefix(first.as_str()) else { return false };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
    middle.iter().all(|part| {
        rest.find(part.as_str()).is_some_and(|at| {
            rest = &rest[at + part.len()..];
            true
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<(usize, usize)> {
        let places = Pattern::new(pattern).places(&words(text));
        places.into_iter().map(|place| (place.start, place.end)).collect()
    }

    #[test]
    fn quotes_case_punctuation_colours_and_escapes_are_gone() {
        let plain = words("exec: /app: stat /app: no such file");
        for text in [
            "exec: \"/app\": stat /app: no such file",
            "EXEC: \u{2018}/app\u{2019}: stat `/app': No such\n  file.",
            "{exec: \\\"/app\\\": stat /app:\\nno such file}",
            "\u{1b}[31mexec:\u{1b}[0m &quot;/app&quot;: stat | /app: no such file",
        ] {
            assert_eq!(words(text), plain, "{text}");
        }
    }

    #[test]
    fn a_star_is_inside_one_word_and_a_gap_is_bounded() {
        assert_eq!(found("exec * no such", "x exec /app/rpc: no such file"), [(1, 5)]);
        assert!(found("exec * no such", "exec no such").is_empty());
        assert!(found("exec * no such", "exec a b no such").is_empty());
        assert_eq!(found("version glibc_* not", "version `GLIBC_2.34' not"), [(0, 3)]);
        assert_eq!(found("*.a*.o", "lib.a(x.o"), [(0, 1)]);
        assert!(found("ab*bc", "abc").is_empty(), "the parts do not share a letter");
        assert_eq!(found("a .. b", "a b"), [(0, 2)]);
        let twelve = ["x"; GAP].join(" ");
        assert_eq!(found("a .. b", &format!("a {twelve} b")), [(0, GAP + 2)]);
        assert!(found("a .. b", &format!("a {twelve} x b")).is_empty());
    }

    #[test]
    fn the_weight_is_what_the_pattern_itself_says() {
        assert_eq!(Pattern::new("exec * no").weight(), 6);
        assert!(Pattern::new("lib*.so not").weight() > Pattern::new("* not .. x").weight());
    }
}
