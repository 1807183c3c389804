//! Reads as much of Rust as the test of the house needs: which paths a file names.

use std::path::Path;

/// A word, or a single sign. Comments, strings and the tests at a file's end are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Other(char),
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Other(_) => None,
        }
    }
}

/// What marks a module that is compiled for unit tests alone.
const TESTS: &str = "#[cfg(test)]";

/// The names of the files that a source declares for its unit tests alone: `#[cfg(test)] mod fixtures;`, or
/// with the file's own name before it: `#[cfg(test)] #[path = "gb201_tests.rs"] mod tests;`.
pub(crate) fn test_files(text: &str) -> Vec<String> {
    let declared = |after: &str| {
        let declaration = after.split_once(';')?.0.trim();
        let (attributes, name) = declaration.rsplit_once("mod ")?;
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let file = match attributes.split_once("path = \"") {
            Some((_, path)) => path.split('"').next()?.to_owned(),
            None => format!("{name}.rs"),
        };
        is_name.then_some(file)
    };
    text.split(TESTS).skip(1).filter_map(declared).collect()
}

/// Where the unit tests begin that stand in the file itself, which by this project's habit end it.
fn end_of_code(text: &str) -> usize {
    let inline = |(at, _): &(usize, &str)| {
        let mut words = text[at + TESTS.len()..].split_whitespace();
        words.next() == Some("mod") && words.nth(1) == Some("{")
    };
    text.match_indices(TESTS).find(inline).map_or(text.len(), |(at, _)| at)
}

/// The tokens of a source without its unit tests.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let text = &text[..end_of_code(text)];
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = if rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, after)| after)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map_or("", |(_, after)| after)
        } else if let Some(after) = raw_string(rest) {
            after
        } else if first == '"' {
            string(&rest[1..])
        } else if let Some(after) = character(rest) {
            after
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            &rest[end..]
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Other(first));
            }
            &rest[first.len_utf8()..]
        };
    }
    tokens
}

/// What follows a string whose opening quote is already gone.
fn string(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

/// What follows a raw string.
fn raw_string(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('r').or_else(|| text.strip_prefix("br"))?;
    let hashes = inner.len() - inner.trim_start_matches('#').len();
    let body = inner[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.split_once(&end).map_or("", |(_, after)| after))
}

/// What follows a character literal; a lifetime is none.
fn character(text: &str) -> Option<&str> {
    let body = text.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let after = &escape[escape.chars().next()?.len_utf8()..];
        return after.split_once('\'').map(|(_, after)| after);
    }
    body[body.chars().next()?.len_utf8()..].strip_prefix('\'')
}

/// Every path in a source, groups written out: `use std::{env, fs};` gives `std::env` and `std::fs`.
pub(crate) fn paths(tokens: &[Token]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = at;
        if tokens[at].word().is_some() {
            at = path(tokens, at, "", &mut found);
        }
        at = at.max(before + 1);
    }
    found
}

/// Reads one path from a word on; the index behind it.
fn path(tokens: &[Token], mut at: usize, prefix: &str, found: &mut Vec<String>) -> usize {
    let mut text = prefix.to_owned();
    while let Some(word) = tokens.get(at).and_then(Token::word) {
        if !text.is_empty() {
            text.push_str("::");
        }
        text.push_str(word);
        at += 1;
        if !matches!(tokens.get(at..at + 2), Some([Token::Other(':'), Token::Other(':')])) {
            break;
        }
        at += 2;
        if tokens.get(at) == Some(&Token::Other('{')) {
            return group(tokens, at + 1, &text, found);
        }
    }
    found.push(text);
    at
}

/// Reads the inside of a group; the index behind its closing brace.
fn group(tokens: &[Token], mut at: usize, prefix: &str, found: &mut Vec<String>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Word(_) => at = path(tokens, at, prefix, found),
            Token::Other('}') => return at + 1,
            Token::Other(_) => at += 1,
        }
    }
    at
}

/// The paths inside this crate, from its top: through `crate::`, or through as many `super::` as lead there.
pub(crate) fn imports(file: &Path, tokens: &[Token]) -> Vec<String> {
    let depth = depth(file);
    let from_top = |path: &String| {
        if let Some(rest) = path.strip_prefix("crate::") {
            return Some(rest.to_owned());
        }
        let parts: Vec<&str> = path.split("::").collect();
        let ups = parts.iter().take_while(|part| **part == "super").count();
        (ups > 0 && ups >= depth && ups < parts.len()).then(|| parts[ups..].join("::"))
    };
    paths(tokens).iter().filter_map(from_top).collect()
}

/// How many `super::` lead from a file to the crate's top: `a/b.rs` is `a::b`, so two.
fn depth(file: &Path) -> usize {
    let parts = file.components().count();
    if file.ends_with("mod.rs") { parts - 1 } else { parts }
}

/// The first folder below `src`, or the file's own name.
pub(crate) fn room_of(file: &Path) -> String {
    let first = file.components().next().expect("a file has a name");
    let name = first.as_os_str().to_string_lossy();
    name.strip_suffix(".rs").unwrap_or(&name).to_owned()
}

/// Whether a path is that one or below it.
pub(crate) fn starts_with(path: &str, start: &str) -> bool {
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
