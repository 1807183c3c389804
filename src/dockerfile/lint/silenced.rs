//! `# gobuild: ignore=GB601,GB602` in front of an instruction, or between its lines.

use super::Rule;
use crate::dockerfile::parse::{Dockerfile, Span};

/// Whether a comment takes this rule back at this place.
pub(super) fn is_silenced(file: &Dockerfile, span: &Span, rule: &Rule) -> bool {
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
        .flat_map(ids)
        .any(|id| id.eq_ignore_ascii_case(rule.id) || id.eq_ignore_ascii_case(rule.name))
}

fn ids(comment: &str) -> impl Iterator<Item = &str> {
    let rest = comment.trim().trim_start_matches('#').trim_start().strip_prefix("gobuild:");
    let list = rest.and_then(|rest| rest.trim_start().strip_prefix("ignore="));
    list.unwrap_or_default().split([',', ' ']).map(str::trim).filter(|id| !id.is_empty())
}
