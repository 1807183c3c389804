//! Patterns of `case`, `${V#p}` and `${V%p}`: `*`, `?` and `[…]`, where they stand in no quotes.

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letter(char),
    Any,
    One,
    /// The letters and ranges, and whether it is what is not among them.
    Among(Vec<(char, char)>, bool),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pattern(Vec<Part>);

/// Longer texts and patterns are not held against each other.
const LONGEST: usize = 4096;

impl Pattern {
    /// More of it, which means itself where it stood in quotes.
    pub(super) fn push(&mut self, text: &str, quoted: bool) {
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            self.0.push(match letter {
                _ if quoted => Part::Letter(letter),
                '*' => Part::Any,
                '?' => Part::One,
                '[' => match among(letters.as_str()) {
                    Some((part, length)) => {
                        letters = letters.as_str()[length..].chars();
                        part
                    }
                    None => Part::Letter('['),
                },
                letter => Part::Letter(letter),
            });
        }
    }

    /// Whether it is `*`, which every text is.
    pub(super) fn is_any(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|part| *part == Part::Any)
    }

    /// Whether a whole text is of this pattern; none where that takes too long to tell.
    pub(super) fn fits(&self, text: &str) -> Option<bool> {
        if text.len() > LONGEST || self.0.len() > LONGEST {
            return None;
        }
        let letters: Vec<char> = text.chars().collect();
        // Where to go on after the last `*`: one letter more for it each time.
        let (mut at, mut part, mut again) = (0, 0, None);
        while at < letters.len() {
            match self.0.get(part) {
                Some(Part::Any) => {
                    again = Some((at, part));
                    part += 1;
                }
                Some(one) if one.is(letters[at]) => {
                    at += 1;
                    part += 1;
                }
                _ => {
                    let Some((from, star)) = again else { return Some(false) };
                    again = Some((from + 1, star));
                    (at, part) = (from + 1, star + 1);
                }
            }
        }
        Some(self.0[part..].iter().all(|part| *part == Part::Any))
    }

    /// What is left of a text without the shortest, or the longest, start or end of this pattern.
    pub(super) fn without<'a>(&self, text: &'a str, end: bool, longest: bool) -> Option<&'a str> {
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        if end != longest {
            places.reverse();
        }
        for at in places {
            let (part, rest) = if end { (&text[at..], &text[..at]) } else { (&text[..at], &text[at..]) };
            if self.fits(part)? {
                return Some(rest);
            }
        }
        Some(text)
    }
}

impl Part {
    fn is(&self, letter: char) -> bool {
        match self {
            Self::Letter(own) => *own == letter,
            Self::One => true,
            Self::Any => false,
            Self::Among(ranges, other) => {
                ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != *other
            }
        }
    }
}

/// Behind `[`: what is meant, and how long it is with its `]`.
fn among(text: &str) -> Option<(Part, usize)> {
    let other = text.starts_with(['!', '^']);
    let inner = &text[usize::from(other)..];
    // A `]` that comes first is a letter.
    let end = inner.char_indices().skip(1).find(|(_, letter)| *letter == ']')?.0;
    let letters: Vec<char> = inner[..end].chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters.get(at + 1) == Some(&'-') && at + 2 < letters.len() {
            ranges.push((letters[at], letters[at + 2]));
            at += 3;
        } else {
            ranges.push((letters[at], letters[at]));
            at += 1;
        }
    }
    Some((Part::Among(ranges, other), usize::from(other) + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let mut pattern = Pattern::default();
        pattern.push(text, false);
        pattern
    }

    #[test]
    fn a_text_is_of_a_pattern_as_a_whole() {
        for (one, text, expected) in [
            ("amd64", "amd64", true),
            ("amd*", "amd64", true),
            ("*64", "amd64", true),
            ("a*d*4", "amd64", true),
            ("a?d64", "amd64", true),
            ("[ab]md64", "amd64", true),
            ("[!a]md64", "amd64", false),
            ("arm[5-7]", "arm6", true),
            ("[", "[", true),
            ("*", "", true),
            ("amd", "amd64", false),
            ("", "x", false),
        ] {
            assert_eq!(pattern(one).fits(text), Some(expected), "{one} {text}");
        }
        let mut quoted = Pattern::default();
        quoted.push("*", true);
        assert_eq!((quoted.fits("*"), quoted.fits("x")), (Some(true), Some(false)));
    }

    #[test]
    fn a_start_or_an_end_is_taken_off() {
        for (one, end, longest, expected) in [
            ("*/", false, false, "b/c.x.y"),
            ("*/", false, true, "c.x.y"),
            (".*", true, false, "a/b/c.x"),
            (".*", true, true, "a/b/c"),
            ("z", true, true, "a/b/c.x.y"),
        ] {
            assert_eq!(pattern(one).without("a/b/c.x.y", end, longest), Some(expected), "{one}");
        }
    }
}
