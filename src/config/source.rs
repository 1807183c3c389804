//! Where in gobuild.toml something stands, and how that place is shown.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use crate::error::Error;

/// The text of a file with the path it is shown by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

/// One thing that is wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) message: String,
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    pub(super) help: Option<String>,
}

impl Source<'_> {
    /// 1-based line of a byte.
    pub(super) fn line(&self, at: usize) -> usize {
        self.text[..at.min(self.text.len())].matches('\n').count() + 1
    }

    /// The place as a compiler shows it: file, line and column, the line itself, a caret for each letter.
    fn frame(&self, span: &Range<usize>) -> String {
        let number = self.line(span.start);
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let before = &self.text[start..span.start];
        let end = span.end.clamp(span.start, (start + line.len()).max(span.start));
        let carets = self.text[span.start..end].chars().count().max(1);
        // A tab stays a tab, so that the caret stands under its letter however wide tabs are.
        let indent: String = before.chars().map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
        let gutter = " ".repeat(number.to_string().len());
        let mut shown =
            format!("{gutter} --> {}:{number}:{}\n", self.path.display(), before.chars().count() + 1);
        let _ = write!(shown, "{gutter} |\n{number} | {line}\n{gutter} | {indent}{}", "^".repeat(carets));
        shown
    }

    /// One error for all problems, in the order of the file. A single one is the message itself.
    pub(super) fn error(&self, mut problems: Vec<Problem>) -> Option<Error> {
        problems.sort_by_key(|problem| problem.span.start);
        problems.dedup();
        if let [problem] = &problems[..] {
            let error = Error::new(&problem.message).detail(self.frame(&problem.span));
            return Some(problem.help.iter().fold(error, Error::help));
        }
        let path = self.path.display();
        let error = Error::new(format!("{path} has {} mistakes", problems.len()));
        let error = problems.iter().fold(error, |error, problem| {
            let error = error.detail(&problem.message).detail(self.frame(&problem.span));
            problem.help.iter().fold(error, |error, help| error.detail(format!("  help: {help}")))
        });
        if problems.is_empty() { None } else { Some(error) }
    }
}
