//! Words with their parts, operators, redirections.

use std::ops::Range;

/// Bytes of the text, from the first to one after the last.
pub type Span = Range<usize>;

/// A word as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// Its parts in order.
    pub pieces: Vec<Piece>,
    /// Where it stands.
    pub span: Span,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that means itself; quoted where a space in it would not end a word.
    Text {
        /// Without quotes and backslashes.
        text: String,
        /// Whether it stands in quotes.
        quoted: bool,
    },
    /// `$NAME`, `${NAME}`, `${NAME:-word}`.
    Variable {
        /// The name, or the letter of a special parameter.
        name: String,
        /// What follows the name in its braces: `:-word`.
        form: String,
        /// Whether it stands in double quotes.
        quoted: bool,
        /// Where its dollar stands.
        at: usize,
    },
    /// `$(…)`, `` `…` ``, `$((…))`: nobody knows what comes out.
    Output {
        /// As it is written.
        text: String,
        /// Whether it stands in double quotes.
        quoted: bool,
        /// Where it begins.
        at: usize,
    },
}

/// A word or an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word.
    Word(Word),
    /// `&&`, `||`, `|`, `;`, `&`, `;;`, `(`, `)`, or the end of a line.
    Operator(&'static str),
    /// `>`, `<`, `>>`, `2>&1` and their kin.
    Redirect(Redirect),
}

/// Where something is redirected to, or from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redirect {
    /// The word that follows names the file.
    File,
    /// `2>&1`, `>&-`
    Descriptor,
    /// `<<EOF`
    Document {
        /// What stands between the line and the word that ends it.
        body: String,
        /// Whether it means itself: a part of the word stands in quotes.
        literal: bool,
    },
}

impl Word {
    /// Its text, where it has neither quotes nor dollars: only then is it a word of the grammar.
    pub fn plain(&self) -> Option<&str> {
        match &self.pieces[..] {
            [Piece::Text { text, quoted: false }] => Some(text),
            _ => None,
        }
    }

    /// `NAME=value`, where the name has no quotes.
    pub fn assignment(&self) -> Option<(String, Word)> {
        let Some(Piece::Text { text, quoted: false }) = self.pieces.first() else { return None };
        let (name, rest) = text.split_once('=')?;
        let is_name = name.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
            && name.starts_with(|letter: char| !letter.is_ascii_digit());
        if !is_name || name.is_empty() {
            return None;
        }
        let first = Piece::Text { text: rest.to_owned(), quoted: false };
        let pieces = std::iter::once(first).chain(self.pieces[1..].iter().cloned()).collect();
        Some((name.to_owned(), Word { pieces, span: self.span.clone() }))
    }

    /// More of it.
    pub(super) fn push(&mut self, more: &str, quotes: bool) {
        match self.pieces.last_mut() {
            Some(Piece::Text { text, quoted }) if *quoted == quotes => text.push_str(more),
            _ => self.pieces.push(Piece::Text { text: more.to_owned(), quoted: quotes }),
        }
    }
}
