//! Words with their quotes and dollars, operators, here-documents.
//!
//! Lines that are continued are joined, and comment lines between them are passed over, as Docker does before a shell
//! sees the text.

use super::token::{Piece, Redirect, Token, Word};
use std::collections::BTreeSet;

/// Every token of a text, and where each begins.
pub fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut lexer = Lexer::of(text);
    while lexer.at < text.len() {
        lexer.next();
    }
    lexer.found
}

/// The end of the first line of a text that here-documents follow, and of these; none where that has none.
pub fn end_of_documents(text: &str) -> Option<usize> {
    let mut lexer = Lexer::of(text);
    while lexer.at < text.len() && !matches!(lexer.found.last(), Some((_, Token::Operator("\n")))) {
        lexer.next();
    }
    lexer.behind_documents
}

/// The body of a here-document as a word: only dollars, and backslashes in front of them, mean something in it.
pub(super) fn document(body: &str) -> Word {
    let mut lexer = Lexer::of(body);
    let mut word = Word { span: 0..body.len(), ..Word::default() };
    while lexer.at < body.len() {
        let rest = lexer.rest();
        match rest.as_bytes() {
            [b'\\', b'\n', ..] => lexer.at += 2,
            [b'\\', next @ (b'\\' | b'$' | b'`'), ..] => {
                word.push(char::from(*next).encode_utf8(&mut [0; 4]), true);
                lexer.at += 2;
            }
            [b'$' | b'`', ..] => lexer.dollar(&mut word, true),
            _ => {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let end = rest[first..].find(['\\', '$', '`']).map_or(rest.len(), |end| first + end);
                word.push(&rest[..end], true);
                lexer.at += end;
            }
        }
    }
    word
}

/// A variable that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// What follows the name in its braces.
    pub form: String,
    /// Where its dollar stands.
    pub at: usize,
}

/// The variables that a text names anywhere, in what `$(…)` holds too.
pub fn named(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, String)> = vec![(0, text.to_owned())];
    while let Some((start, text)) = open.pop() {
        for (_, token) in tokens(&text) {
            let Token::Word(word) = token else { continue };
            for piece in word.pieces {
                match piece {
                    Piece::Variable { name, form, at, .. } => {
                        found.push(Named { name, form, at: start + at });
                    }
                    Piece::Output { text, at, .. } => {
                        let inner = text.trim_start_matches(['$', '(', '`']);
                        // A text that is no shorter has nothing inside.
                        if inner.len() < text.len() {
                            open.push((start + at + text.len() - inner.len(), inner.to_owned()));
                        }
                    }
                    Piece::Text { .. } => {}
                }
            }
        }
    }
    found.sort_by_key(|named| named.at);
    found
}

/// The variables that a text may set: by an assignment, or as the word of a command such as `read` or `for`.
pub fn may_set(text: &str) -> BTreeSet<String> {
    let words = tokens(text).into_iter().filter_map(|(_, token)| match token {
        Token::Word(word) => Some(word),
        _ => None,
    });
    let name = |word: Word| match word.assignment() {
        Some((name, _)) => Some(name),
        None => word.plain().map(str::to_owned),
    };
    words.filter_map(name).collect()
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    found: Vec<(usize, Token)>,
    /// Here-documents whose body begins at the next line: the token, the last line, whether tabs go.
    documents: Vec<(usize, String, bool)>,
    /// Where the last here-document ends.
    behind_documents: Option<usize>,
}

impl<'a> Lexer<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, found: Vec::new(), documents: Vec::new(), behind_documents: None }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next(&mut self) {
        let rest = self.rest();
        let start = self.at;
        if let Some(length) = continued(rest) {
            self.at += length;
            return;
        }
        let operator = |word: &'static str| Token::Operator(word);
        let found = match rest.as_bytes() {
            [b'\n', ..] => {
                self.at += 1;
                self.found.push((start, operator("\n")));
                self.bodies();
                return;
            }
            [b' ' | b'\t' | b'\r', ..] => {
                self.at += 1;
                return;
            }
            [b'#', ..] => {
                self.at += rest.find('\n').unwrap_or(rest.len());
                return;
            }
            [b'&', b'>', ..] | [b'<' | b'>', ..] => return self.redirect(),
            [b'&', b'&', ..] => operator("&&"),
            [b'|', b'|', ..] => operator("||"),
            [b';', b';', ..] => operator(";;"),
            [b'|', ..] => operator("|"),
            [b';', ..] => operator(";"),
            [b'&', ..] => operator("&"),
            [b'(', ..] => operator("("),
            [b')', ..] => operator(")"),
            _ => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                if digits > 0 && rest[digits..].starts_with(['<', '>']) {
                    self.at += digits;
                    return self.redirect();
                }
                return self.word();
            }
        };
        if let Token::Operator(word) = found {
            self.at += word.len();
        }
        self.found.push((start, found));
    }

    fn redirect(&mut self) {
        let start = self.at;
        let length = self.rest().bytes().take_while(|byte| matches!(byte, b'<' | b'>' | b'&' | b'|')).count();
        let sign = &self.rest()[..length];
        let document = sign == "<<";
        self.at += length;
        if document {
            let tabs = self.rest().starts_with('-');
            self.at += usize::from(tabs);
            let word = self.rest().trim_start_matches([' ', '\t']);
            let blank = self.rest().len() - word.len();
            let end = word.find([' ', '\t', '\n', '\r', ';', '&', '|', '>', '<', ')']).unwrap_or(word.len());
            let literal = word[..end].contains(['"', '\'', '\\']);
            let last: String =
                word[..end].chars().filter(|letter| !matches!(letter, '"' | '\'' | '\\')).collect();
            self.at += blank + end;
            self.documents.push((self.found.len(), last, tabs));
            self.found.push((start, Token::Redirect(Redirect::Document { body: String::new(), literal })));
            return;
        }
        // `2>&1` and `>&-` name a descriptor and no file.
        let descriptor =
            self.rest().bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
        if sign.ends_with('&') && descriptor > 0 {
            self.at += descriptor;
            self.found.push((start, Token::Redirect(Redirect::Descriptor)));
            return;
        }
        self.found.push((start, Token::Redirect(Redirect::File)));
    }

    /// The bodies of the here-documents of the line that has just ended.
    fn bodies(&mut self) {
        for (token, last, tabs) in std::mem::take(&mut self.documents) {
            let mut whole = String::new();
            while self.at < self.text.len() {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                self.at += line.len();
                let bare = if tabs { line.trim_start_matches('\t') } else { line };
                if bare.trim_end_matches(['\r', '\n']) == last {
                    break;
                }
                whole.push_str(bare);
            }
            if let Some((_, Token::Redirect(Redirect::Document { body, .. }))) = self.found.get_mut(token) {
                *body = whole;
            }
            self.behind_documents = Some(self.at);
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut word = Word::default();
        while self.at < self.text.len() {
            let rest = self.rest();
            if let Some(length) = continued(rest) {
                self.at += length;
                continue;
            }
            let Some(letter) = rest.chars().next() else { break };
            match letter {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => break,
                '\'' => {
                    let inside = &rest[1..];
                    let end = inside.find('\'').unwrap_or(inside.len());
                    word.push(&inside[..end], true);
                    self.at += (end + 2).min(rest.len());
                }
                '"' => {
                    self.at += 1;
                    self.double(&mut word);
                }
                '\\' => {
                    let next = rest[1..].chars().next();
                    if let Some(next) = next {
                        word.push(next.encode_utf8(&mut [0; 4]), true);
                    }
                    self.at += 1 + next.map_or(0, char::len_utf8);
                }
                '$' | '`' => self.dollar(&mut word, false),
                letter => {
                    word.push(letter.encode_utf8(&mut [0; 4]), false);
                    self.at += letter.len_utf8();
                }
            }
        }
        // Whatever it is, the reader goes on behind it.
        if self.at == start {
            self.at += self.rest().chars().next().map_or(1, char::len_utf8);
        }
        word.span = start..self.at;
        self.found.push((start, Token::Word(word)));
    }

    /// Up to the closing double quote.
    fn double(&mut self, word: &mut Word) {
        word.push("", true);
        while self.at < self.text.len() {
            let rest = self.rest();
            if let Some(length) = continued(rest) {
                self.at += length;
                continue;
            }
            match rest.as_bytes() {
                [b'"', ..] => {
                    self.at += 1;
                    return;
                }
                [b'\\', next @ (b'"' | b'\\' | b'$' | b'`'), ..] => {
                    word.push(char::from(*next).encode_utf8(&mut [0; 4]), true);
                    self.at += 2;
                }
                [b'$' | b'`', ..] => self.dollar(word, true),
                _ => {
                    let end = rest.find(['"', '\\', '$', '`']).unwrap_or(rest.len()).max(1);
                    let end =
                        (end..=rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
                    word.push(&rest[..end], true);
                    self.at += end;
                }
            }
        }
    }

    /// A dollar or a backquote and what belongs to it.
    fn dollar(&mut self, word: &mut Word, quoted: bool) {
        let rest = self.rest();
        let at = self.at;
        let variable = |name: &str, form: &str| Piece::Variable {
            name: name.to_owned(),
            form: form.to_owned(),
            quoted,
            at,
        };
        let output = |text: &str| Piece::Output { text: text.to_owned(), quoted, at };
        let (piece, length) = if let Some(inside) = rest.strip_prefix('`') {
            let end = inside.find('`').map_or(rest.len(), |end| end + 2);
            (output(&rest[..end]), end)
        } else if rest.starts_with("$(") {
            let end = closing(rest, 1, b'(', b')');
            (output(&rest[..end]), end)
        } else if rest.starts_with("${") {
            let end = closing(rest, 1, b'{', b'}');
            let inner = rest[2..end].strip_suffix('}').unwrap_or(&rest[2..end]);
            let length = match inner.as_bytes() {
                [b'@' | b'*' | b'?' | b'$' | b'!' | b'-' | b'#'] => 1,
                [b'0'..=b'9', ..] => inner.bytes().take_while(u8::is_ascii_digit).count(),
                _ => name_length(inner),
            };
            let (name, form) = inner.split_at(length);
            if name.is_empty() { (output(&rest[..end]), end) } else { (variable(name, form), end) }
        } else if rest.starts_with("$'") && !quoted {
            // bash and busybox read escapes there, dash does not.
            let end = rest[2..].find('\'').map_or(rest.len(), |found| found + 3);
            (output(&rest[..end]), end)
        } else {
            let length = name_length(&rest[1..]);
            match rest[1..].chars().next() {
                _ if length > 0 => (variable(&rest[1..=length], ""), length + 1),
                Some('@' | '*' | '#' | '?' | '$' | '!' | '-' | '0'..='9') => (variable(&rest[1..2], ""), 2),
                _ => {
                    word.push("$", quoted);
                    self.at += 1;
                    return;
                }
            }
        };
        self.at += length;
        word.pieces.push(piece);
    }
}

/// The length of a name at the start of a text, in bytes.
fn name_length(text: &str) -> usize {
    let is_name = |(at, letter): (usize, char)| {
        letter == '_' || letter.is_ascii_alphabetic() || (at > 0 && letter.is_ascii_digit())
    };
    text.char_indices().take_while(|found| is_name(*found)).count()
}

/// One behind what closes the sign at `open`, quotes and backslashes inside passed over; the end of the text where
/// nothing does.
fn closing(text: &str, open: usize, opens: u8, closes: u8) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at, mut quote) = (0_usize, open, None);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (_, b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (None, byte @ (b'\'' | b'"')) => quote = Some(byte),
            (None, byte) if byte == opens => depth += 1,
            (None, byte) if byte == closes => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The length of a backslash that continues a line, with the comment lines and empty lines that follow it.
fn continued(text: &str) -> Option<usize> {
    let after = text.strip_prefix("\\\n").or_else(|| text.strip_prefix("\\\r\n"))?;
    let mut rest = after;
    loop {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let bare = line.trim_start_matches([' ', '\t']).trim_end_matches(['\r', '\n']);
        if line.is_empty() || !(bare.starts_with('#') || (bare.is_empty() && line.ends_with('\n'))) {
            return Some(text.len() - rest.len());
        }
        rest = &rest[line.len()..];
    }
}
