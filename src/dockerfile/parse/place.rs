//! Offsets and lines: what a reader, an editor and SARIF count in.

use super::Span;

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
}

/// The place of a byte; one past the end is the end.
pub fn place(text: &str, offset: usize) -> Place {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Place { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
}

/// The 1-based line of a byte.
pub fn line(text: &str, offset: usize) -> usize {
    place(text, offset).line
}

/// The first line of a span and the span cut off where that line ends.
pub fn first_line<'a>(text: &'a str, span: &Span) -> (&'a str, Span) {
    let start = text[..span.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    (line, span.start..span.end.min(start + line.len()).max(span.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_columns_in_characters() {
        let text = "FROM é AS b\nRUN x\n";
        assert_eq!(place(text, 0), Place { line: 1, column: 1 });
        assert_eq!(place(text, text.find("AS").unwrap()), Place { line: 1, column: 8 });
        assert_eq!(place(text, text.find("x\n").unwrap()), Place { line: 2, column: 5 });
        assert_eq!(place(text, 999), Place { line: 3, column: 1 });
        let span = text.find("RUN").unwrap()..text.len();
        assert_eq!(first_line(text, &span), ("RUN x", span.start..text.len() - 1));
    }
}
