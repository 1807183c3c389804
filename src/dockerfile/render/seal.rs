//! The line that tells what gobuild wrote from what somebody changed in it.

use sha2::{Digest as _, Sha256};

const MARK: &str = "sha256 of the rest: ";
/// Digits of the hash that are written: enough against chance, and nobody forges it.
const DIGITS: usize = 32;

/// A text that gobuild may write again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// As gobuild wrote it, whichever release of it.
    Own,
    /// Changed since, or written by somebody else.
    Foreign,
}

/// The text with a line in front that names its hash. Parser directives (`# syntax=`) count only at the very
/// top, so the line goes behind them.
pub fn seal(text: &str, about: &str) -> String {
    let at = behind_directives(text);
    let (top, rest) = text.split_at(at);
    format!("{top}# {about}; {MARK}{}\n{rest}", hash(top, rest))
}

/// Whether a file is as gobuild wrote it.
pub fn found(text: &str) -> Found {
    let at = behind_directives(text);
    let (top, sealed) = text.split_at(at);
    let (line, rest) = sealed.split_once('\n').unwrap_or((sealed, ""));
    match line.rsplit_once(MARK) {
        Some((_, own)) if own.trim_end() == hash(top, rest) => Found::Own,
        _ => Found::Foreign,
    }
}

/// Line ends are no edit: a checkout may have changed them.
fn hash(top: &str, rest: &str) -> String {
    let digest = Sha256::digest(format!("{top}{rest}").replace("\r\n", "\n"));
    let text = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    text[..DIGITS].to_owned()
}

fn behind_directives(text: &str) -> usize {
    let is_directive = |line: &&str| {
        let rest = line.trim_start().strip_prefix('#').map(str::trim_start).unwrap_or_default();
        ["syntax", "escape", "check"].iter().any(|name| {
            rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
                && rest[name.len()..].trim_start().starts_with('=')
        })
    };
    text.split_inclusive('\n').take_while(is_directive).map(str::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_known_again_and_an_edit_is_seen() {
        let text = seal("FROM scratch\nCOPY a /\n", "Written by gobuild for scratch");
        assert!(text.starts_with("# Written by gobuild for scratch; sha256 of the rest: "), "{text}");
        assert_eq!(found(&text), Found::Own);
        assert_eq!(found(&text.replace('\n', "\r\n")), Found::Own);
        assert_eq!(found(&text.replace("COPY a", "COPY b")), Found::Foreign);
        assert_eq!(
            found(&text.replace("for scratch", "for us")),
            Found::Own,
            "the line itself is no content"
        );
        assert_eq!(found("FROM scratch\n"), Found::Foreign);
        assert_eq!(found(""), Found::Foreign);
    }

    #[test]
    fn directives_stay_at_the_top() {
        let text = seal("# syntax=docker/dockerfile:1\n# escape = `\n# a comment\nFROM scratch\n", "By us");
        assert!(text.starts_with("# syntax=docker/dockerfile:1\n# escape = `\n# By us; "), "{text}");
        assert_eq!(found(&text), Found::Own);
        assert_eq!(found(&text.replace("file:1", "file:2")), Found::Foreign);
    }
}
