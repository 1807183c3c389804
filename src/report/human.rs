//! For people: results on standard output, everything else on standard error.

use std::fmt::Write as _;

use anstyle::Style;

use super::event::{Asked, Event, Judged, Planned, Reporter};
use super::lint::Linted;
use super::writer::Writer;
use super::{c_errors, doctor, every_image, explanation, finding, image, lint, plan, start, style, words};
use crate::diagnostics::Severity;
use crate::error::Error;

/// Says everything in words.
#[derive(Debug)]
pub struct Human<'a> {
    writer: &'a Writer,
    quiet: bool,
    verbose: bool,
}

impl<'a> Human<'a> {
    /// Words go to this writer.
    pub fn new(writer: &'a Writer, quiet: bool, verbose: bool) -> Self {
        Self { writer, quiet, verbose }
    }

    /// What goes to standard error, whatever the format of the results: steps, notes, go's words, problems.
    pub(super) fn beside(&self, event: &Event<'_>) {
        match event {
            Event::Status(verb, text) if !self.quiet => self.status(verb, text),
            Event::Note(text) if !self.quiet => self.labelled("note", style::HELP, text),
            Event::Warning(text) if !self.quiet => self.labelled("warning", style::WARNING, text),
            Event::Go(bytes) => self.writer.raw(bytes),
            Event::JobStarted(view) if self.verbose => self.writer.stderr(&plan::human(view)),
            Event::Causes(advice) => self.writer.stderr(&c_errors::human(advice)),
            Event::Error(error) => self.error(error),
            Event::Verdict(judged) => self.judged(judged),
            _ => {}
        }
    }

    /// A step, in cargo's voice: a verb, right-aligned, and what it is done to.
    fn status(&self, verb: &str, text: &str) {
        self.writer.stderr(&format!(
            "{}{verb:>12}{:#} {}\n",
            style::STATUS,
            style::STATUS,
            style::plain(text)
        ));
    }

    /// A problem, with its details and its ways out. Never held back.
    fn error(&self, error: &Error) {
        self.labelled("error", style::ERROR, &error.message);
        let mut text = String::new();
        for line in &error.detail {
            text.push_str(&style::lines(line));
            text.push('\n');
        }
        for help in &error.help {
            let _ = writeln!(text, "  {} {}", style::paint(style::HELP, "help:"), style::lines(help));
        }
        self.writer.stderr(&text);
    }

    /// The findings on a file of a build, and what became of it where that is not what was asked for.
    fn judged(&self, judged: &Judged<'_>) {
        let mut text: String = judged.findings.iter().map(finding::render).collect();
        match judged.asked {
            Asked::BeforeBuilding if !judged.accepted() => text.push_str("  nothing was built\n"),
            Asked::Built { rejected: Some(path) } => {
                text.push_str(&finding::not_written(judged.file, path));
            }
            _ => {}
        }
        self.writer.stderr(&text);
    }

    fn linted(&self, linted: &Linted<'_>) {
        let rendered: String = linted.findings.iter().map(|found| lint::render(linted, found)).collect();
        self.writer.stderr(&rendered);
        for one in linted.unknown {
            self.beside(&Event::Note(&words::unjudged(one)));
        }
        self.writer.result(&format!("{}\n", linted.summary()));
    }

    fn planned(&self, planned: &Planned<'_>) {
        let gap = if planned.first { "" } else { "\n" };
        let aside = planned.aside.map(|why| format!("# {why}\n")).unwrap_or_default();
        self.writer.result(&format!("{gap}{aside}{}", plan::human(planned.view)));
    }

    fn labelled(&self, label: &str, look: Style, text: &str) {
        self.writer.stderr(&format!("{look}{label}{look:#}: {}\n", style::lines(text)));
    }
}

/// `app: accepted for alpine:3.24 on linux/amd64: a static program`
fn answer(judged: &Judged<'_>, kind: &str, platform_from: Option<&str>) -> String {
    let word = if judged.accepted() { "accepted" } else { "rejected" };
    let image = judged.image.map_or_else(String::new, |image| format!(" for {}", style::plain(image)));
    let from = platform_from.map_or_else(String::new, |why| format!(" ({why})"));
    let (file, kind) = (style::plain(judged.file), style::plain(kind));
    format!("{file}: {word}{image} on {}{from}: {kind}\n", judged.platform)
}

impl Reporter for Human<'_> {
    fn event(&self, event: &Event<'_>) {
        let result = |text: &str| self.writer.result(text);
        match event {
            Event::Verdict(judged) => {
                self.judged(judged);
                if let Asked::Verify { kind, platform_from } = judged.asked {
                    result(&answer(judged, kind, platform_from));
                }
            }
            Event::Plan(planned) => self.planned(planned),
            Event::EveryImage { table, markdown: true } => result(&every_image::markdown(table)),
            Event::EveryImage { table, markdown: false } => result(&every_image::human(table)),
            Event::Start { image, platform, start } => result(&start::human(image, platform, start)),
            Event::Linted(linted) => self.linted(linted),
            Event::Dockerfile(written) if written.output.is_none() => result(written.text),
            Event::Page(page) => result(page.page),
            Event::Explained(explained) => result(&explanation::explained(explained)),
            Event::Images(images) => result(&image::list(images)),
            Event::Image(facts) | Event::Inspected { image: facts, pinned: false, .. } => {
                result(&image::show(facts));
            }
            Event::Machine { tools, rows } => result(&doctor::human(tools, rows)),
            Event::Text(text) => result(text),
            _ => self.beside(event),
        }
    }
}

/// `error`, `warning`
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
