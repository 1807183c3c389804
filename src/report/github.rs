//! Annotations of GitHub Actions: a workflow command a finding.
//!
//! Source: actions/toolkit, `packages/core/src/command.ts`, for what is escaped and how.

use super::event::{Event, Judged, Reporter};
use super::human::{Human, word};
use super::lint::Linted;
use super::shown::Shown;
use super::writer::Writer;
use crate::dockerfile::parse::place::place;

/// Says findings as annotations.
#[derive(Debug)]
pub struct Github<'a> {
    writer: &'a Writer,
    beside: Human<'a>,
}

impl<'a> Github<'a> {
    /// Annotations go to this writer's standard output.
    pub fn new(writer: &'a Writer, beside: Human<'a>) -> Self {
        Self { writer, beside }
    }
}

impl Reporter for Github<'_> {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Linted(linted) => self.writer.result(&of_text(linted)),
            Event::Verdict(judged) => self.writer.result(&of_file(judged)),
            Event::EveryImage { table, .. } => {
                let lines =
                    table.findings().map(|(shown, text)| annotation(&shown, &[("file", &table.file)], &text));
                self.writer.result(&lines.collect::<String>());
            }
            _ => self.beside.beside(event),
        }
    }
}

fn of_text(linted: &Linted<'_>) -> String {
    let lines = linted.findings.iter().map(|found| {
        let span = found.place();
        let (start, end) = (place(linted.text, span.start), place(linted.text, span.end));
        let shown = Shown::of(found);
        let (start, end) = (start.line.to_string(), end.line.to_string());
        let place = [("file", linted.path), ("line", &start), ("endLine", &end)];
        annotation(&shown, &place, &shown.text())
    });
    lines.collect()
}

fn of_file(judged: &Judged<'_>) -> String {
    let lines = judged.findings.iter().map(|shown| {
        let text = shown.text_for(judged.image, judged.platform);
        annotation(shown, &[("file", judged.file)], &text)
    });
    lines.collect()
}

/// The line, with its end.
fn annotation(shown: &Shown, place: &[(&str, &str)], text: &str) -> String {
    let title = format!("{} {}", shown.id, shown.name);
    let properties = place.iter().copied().chain([("title", title.as_str())]);
    let properties: Vec<String> =
        properties.map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{} {}::{}\n", word(shown.severity), properties.join(","), data(text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("a:b,c%\r\n"), "a:b,c%25%0D%0A");
    }
}
