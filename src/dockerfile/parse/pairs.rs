//! `ARG A=b C` and `ENV A=b`, `ENV A b`.

use super::{Argument, Word};

/// The names and defaults of an `ARG`.
pub(super) fn arguments(found: &Word) -> Vec<Argument> {
    // Without escapes the words stand where they seem to stand; else the whole is shown.
    let exact = found.text.len() == found.span.len();
    words(&found.text)
        .into_iter()
        .map(|(at, raw, word)| {
            let (name, default) =
                word.split_once('=').map_or((&*word, None), |(name, value)| (name, Some(value)));
            let start = found.span.start + at;
            Argument {
                name: name.to_owned(),
                default: default.map(str::to_owned),
                span: if exact { start..start + raw } else { found.span.clone() },
            }
        })
        .collect()
}

/// The names and values of an `ENV`.
pub(super) fn variables(text: &str) -> Vec<(String, String)> {
    let all = words(text);
    let is_old = all.first().is_some_and(|(_, _, word)| !word.contains('='));
    if is_old {
        let text = text.trim();
        let (name, value) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        return vec![(name.to_owned(), value.trim().trim_matches('"').to_owned())];
    }
    let pairs = all.iter().filter_map(|(_, _, word)| word.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Words with quotes taken off (`A="x y" B=z`): where each starts, how long it is written, what it says.
fn words(text: &str) -> Vec<(usize, usize, String)> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut start = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') => {
                start.get_or_insert(at);
                quote = Some(letter);
            }
            None if letter.is_whitespace() => {
                if let Some(start) = start.take() {
                    words.push((start, at - start, std::mem::take(&mut word)));
                }
            }
            _ => {
                start.get_or_insert(at);
                // `A=one\ two` is one word.
                match letters.peek() {
                    Some(&(_, next)) if letter == '\\' && (next == ' ' || Some(next) == quote) => {
                        word.push(next);
                        letters.next();
                    }
                    _ => word.push(letter),
                }
            }
        }
    }
    if let Some(start) = start {
        words.push((start, text.len() - start, word));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escaped_spaces_hold_a_word_together() {
        let found = arguments(&Word { text: "A=\"x y\" B C=z".to_owned(), span: 4..17 });
        let shown: Vec<_> = found.iter().map(|arg| (&*arg.name, arg.default.as_deref())).collect();
        assert_eq!(shown, [("A", Some("x y")), ("B", None), ("C", Some("z"))]);
        assert_eq!(found[1].span, 12..13);
        assert_eq!(
            variables("A=one\\ two B='3 4'"),
            [("A".into(), "one two".into()), ("B".into(), "3 4".into())]
        );
        assert_eq!(variables("PATH /a:/b"), [("PATH".into(), "/a:/b".into())]);
    }
}
