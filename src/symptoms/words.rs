//! A message as its words. What differs from one paste to the next (quotes, case, line breaks, punctuation,
//! colours, escapes of JSON) is gone; a pattern finds itself in what is left.

use std::ops::Range;

/// So many words a gap `..` of a pattern may leave out: a sentence, not a log.
const GAP: usize = 12;

/// A pasted text as words in lower case.
pub fn words(text: &str) -> Vec<String> {
    as_written(text).iter().map(|word| word.to_lowercase()).collect()
}

/// The same words in the case in which they were written: a name is read from these.
pub fn as_written(text: &str) -> Vec<String> {
    let plain = text
        .replace("&quot;", "")
        .replace("&#34;", "")
        .replace("&#39;", "")
        .replace("\\n", " ")
        .replace("\\t", " ")
        .replace("\\r", " ");
    let kept: String = without_colours(&plain).chars().filter(|letter| !is_quote(*letter)).collect();
    kept.split_whitespace().map(word).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a letter only marks where a name begins or ends. A backslash does so in JSON and in shells.
fn is_quote(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '`' | '\u{b4}' | '\\' | '\u{ab}' | '\u{bb}' | '\u{2018}'
            ..='\u{201f}' | '\u{2039}' | '\u{203a}'
    )
}

fn word(text: &str) -> &str {
    // A dot at the front is part of a path: `./app`.
    let around = |letter: char| ":;,!?()[]{}<>|=".contains(letter);
    let behind = |letter: char| letter == '.' || around(letter);
    text.trim_start_matches(around).trim_end_matches(behind)
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
    Word(Word),
    /// `..`
    Gap,
}

/// `-l{library:*}`: what stands around the braces, and what may stand in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Word {
    before: String,
    /// What the part in braces is the name of.
    names: Option<String>,
    /// Alternatives; where there is a `*`, the parts between them.
    any: Vec<Vec<String>>,
    after: String,
    /// Whether more may stand behind that: `{archive:*.a}(*`.
    open: bool,
}

/// A place where a pattern stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its words.
    pub range: Range<usize>,
    /// What the names in it are of, and the names, as they were written.
    pub named: Vec<(String, String)>,
}

impl Pattern {
    /// Reads a pattern: words, `*` for any run of letters inside one, `a|b` for one of several words, `{kind:*}`
    /// for a part that is a name, `..` for up to a dozen words.
    pub fn new(text: &str) -> Self {
        let piece = |word: &str| match word {
            ".." => Piece::Gap,
            word => Piece::Word(Word::new(word)),
        };
        Self(text.split_whitespace().map(piece).collect())
    }

    /// How much of a match the pattern itself says, in letters.
    pub fn weight(&self) -> usize {
        let letters = |piece: &Piece| match piece {
            Piece::Word(word) => word.weight(),
            Piece::Gap => 0,
        };
        self.0.iter().map(letters).sum()
    }

    /// Every place where it stands in the words, which are given as written and in lower case; of two that begin
    /// at one word the shorter.
    pub fn places(&self, written: &[String], lower: &[String]) -> Vec<Place> {
        let place = |start: usize| {
            let (end, mut named) = end_of(&self.0, lower, start)?;
            // They were found from the end.
            named.reverse();
            let named = named.into_iter().filter_map(|(at, word)| word.name(&written[at], &lower[at]));
            Some(Place { range: start..end, named: named.collect() })
        };
        (0..lower.len()).filter_map(place).collect()
    }

    /// What its parts in braces are the names of.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Word(word) => word.names.as_deref(),
            Piece::Gap => None,
        })
    }
}

impl Word {
    fn new(text: &str) -> Self {
        let parts = |text: &str| text.split('*').map(str::to_owned).collect();
        let any = |text: &str| text.split('|').map(parts).collect();
        let braces = text.split_once('{').and_then(|(before, rest)| {
            let (inner, after) = rest.split_once('}')?;
            let (kind, inner) = inner.split_once(':')?;
            Some((before, kind, inner, after))
        });
        match braces {
            Some((before, kind, inner, after)) => Self {
                before: before.to_owned(),
                names: Some(kind.to_owned()),
                any: any(inner),
                after: after.trim_end_matches('*').to_owned(),
                open: after.ends_with('*'),
            },
            None => Self { any: any(text), ..Self::default() },
        }
    }

    fn weight(&self) -> usize {
        let inner = self.any.iter().map(|parts| parts.iter().map(String::len).sum()).min();
        self.before.len() + inner.unwrap_or(0) + self.after.len()
    }

    /// The part of a word between what stands around it, if the whole is this one.
    fn inner<'a>(&self, word: &'a str) -> Option<&'a str> {
        let rest = word.strip_prefix(self.before.as_str())?;
        let inner = if self.open {
            rest.split_once(self.after.as_str())?.0
        } else {
            rest.strip_suffix(self.after.as_str())?
        };
        let empty = self.names.is_some() && inner.is_empty();
        (!empty && self.any.iter().any(|parts| is_word(parts, inner))).then_some(inner)
    }

    fn name(&self, written: &str, lower: &str) -> Option<(String, String)> {
        let inner = self.inner(lower)?;
        let start = self.before.len();
        // A few letters have another length in lower case; then that is what there is.
        let same = (written.len() == lower.len()).then(|| written.get(start..start + inner.len())).flatten();
        Some((self.names.clone()?, same.unwrap_or(inner).to_owned()))
    }
}

/// Where a match that begins at a word ends, and the words with names, the last first.
fn end_of<'a>(pieces: &'a [Piece], words: &[String], at: usize) -> Option<(usize, Vec<(usize, &'a Word)>)> {
    match pieces {
        [] => Some((at, Vec::new())),
        [Piece::Gap, rest @ ..] => {
            (at..=(at + GAP).min(words.len())).find_map(|next| end_of(rest, words, next))
        }
        [Piece::Word(word), rest @ ..] => {
            word.inner(words.get(at)?)?;
            let (end, mut named) = end_of(rest, words, at + 1)?;
            if word.names.is_some() {
                named.push((at, word));
            }
            Some((end, named))
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
        let places = Pattern::new(pattern).places(&as_written(text), &words(text));
        places.into_iter().map(|place| (place.range.start, place.range.end)).collect()
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
    fn a_name_is_read_as_it_was_written() {
        let text = "mold: cannot find -lX11: in /usr/lib/libFoo.a(bar.o)";
        let pattern = Pattern::new("cannot find -l{library:*} .. {archive:*.a}(*");
        let named = pattern.places(&as_written(text), &words(text)).remove(0).named;
        let name = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
        assert_eq!(named, [name("library", "X11"), name("archive", "/usr/lib/libFoo.a")]);
        assert!(found("-l{library:*}", "x -l").is_empty(), "a name is not empty");
        assert_eq!(pattern.kinds().collect::<Vec<_>>(), ["library", "archive"]);
    }

    #[test]
    fn one_of_several_words_is_enough() {
        assert_eq!(found("exec gcc|*-gcc|cc not", "exec: \"arm-gcc\": not"), [(0, 3)]);
        assert!(found("exec gcc|cc not", "exec: g++: not").is_empty());
        assert_eq!(found("no {function:__*_chk|fcntl64} here", "no fcntl64 here"), [(0, 3)]);
    }

    #[test]
    fn the_weight_is_what_the_pattern_itself_says() {
        assert_eq!(Pattern::new("exec * no").weight(), 6);
        assert_eq!(Pattern::new("-l{library:*}").weight(), 2);
        assert_eq!(Pattern::new("clang|cc").weight(), 2);
        assert!(Pattern::new("lib*.so not").weight() > Pattern::new("* not .. x").weight());
    }
}
