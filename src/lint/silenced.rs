//! `# gobuild: ignore=GB601,GB602` in front of an instruction, or between its lines.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::{DOCKERFILES, among};
use crate::dockerfile::parse::{Dockerfile, Span};

/// A word of such a comment, and where it stands.
pub(super) struct Ignored<'a> {
    /// `GB601`, `libc-missing`; where the comment is not understood, what stands behind `gobuild:`.
    pub(super) word: &'a str,
    /// The word in the text.
    pub(super) span: Span,
    /// What it takes back; none where there is no such rule.
    pub(super) rule: Option<&'static Diagnostic>,
}

/// Whether a comment takes this rule back at this place.
pub(super) fn is_silenced(file: &Dockerfile, span: &Span, rule: &Diagnostic) -> bool {
    let text = &file.text;
    let whole = file
        .stages
        .iter()
        .flat_map(|stage| std::iter::once(&stage.span).chain(stage.steps.iter().map(|step| &step.span)))
        .find(|whole| whole.start <= span.start && span.start < whole.end)
        .unwrap_or(span);
    let start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
    let above = text[..start].lines().rev().take_while(|line| line.trim_start().starts_with('#'));
    let inside = text[whole.clone()].lines().filter(|line| line.trim_start().starts_with('#'));
    above
        .chain(inside)
        .flat_map(|line| ignored(line, 0))
        .any(|found| found.rule.is_some_and(|found| found.id == rule.id))
}

/// Every word of every such comment of the file.
pub(super) fn all(file: &Dockerfile) -> Vec<Ignored<'_>> {
    let mut start = 0;
    let lines = file.text.split_inclusive('\n').map(|line| {
        let at = start;
        start += line.len();
        (at, line)
    });
    lines
        .filter(|(_, line)| line.trim_start().starts_with('#'))
        .flat_map(|(at, line)| ignored(line, at))
        .collect()
}

/// The words of one comment, which begins at this byte of the text. What follows them is the reason: in
/// `ignore=GB612 the base image has a shell` there is one.
fn ignored<'a>(comment: &'a str, start: usize) -> Vec<Ignored<'a>> {
    let Some(body) = comment.trim().trim_start_matches('#').trim_start().strip_prefix("gobuild:") else {
        return Vec::new();
    };
    let word = |word: &'a str| {
        // A part of the comment: the distance of their beginnings is where it stands.
        let at = start + (word.as_ptr() as usize - comment.as_ptr() as usize);
        Ignored { word, span: at..at + word.len(), rule: among(DOCKERFILES, word) }
    };
    let body = body.trim();
    let Some(list) = body.strip_prefix("ignore=") else { return vec![word(body)] };
    let mut words = Vec::new();
    for item in list.split(',') {
        for (at, text) in item.split_whitespace().enumerate() {
            if at > 0 && among(DOCKERFILES, text).is_none() && !is_id(text) {
                return words;
            }
            words.push(word(text));
        }
    }
    words
}

fn is_id(word: &str) -> bool {
    let upper = word.to_uppercase();
    upper
        .strip_prefix("GB")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(comment: &str) -> Vec<(&str, bool)> {
        ignored(comment, 0).into_iter().map(|found| (found.word, found.rule.is_some())).collect()
    }

    #[test]
    fn the_words_are_ids_and_names_and_what_follows_is_the_reason() {
        assert_eq!(words("  #gobuild:ignore=GB601\r\n"), [("GB601", true)]);
        assert_eq!(
            words("# gobuild: ignore=gb601, libc-older GB699"),
            [("gb601", true), ("libc-older", true), ("GB699", false)]
        );
        assert_eq!(words("# gobuild: ignore=GB612 the image has one, really"), [("GB612", true)]);
        assert_eq!(words("# gobuild: ignores=GB612"), [("ignores=GB612", false)]);
        assert_eq!(words("# gobuild writes this"), []);
        let text = "# gobuild: ignore=GB601,GB699";
        assert_eq!(&text[ignored(text, 0)[1].span.clone()], "GB699");
    }
}
