//! `--message-format json`: objects on standard output, one a line. docs/json.md describes every one.

use serde_json::{Value, json};

use super::event::{Artifact, Asked, Dockerfile, Event, Reporter};
use super::human::Human;
use super::writer::Writer;
use super::{c_errors, doctor, every_image, explanation, image, json_lint, json_verdict, plan, start};
use crate::diagnostics::Diagnostic;
use crate::error::Error;

/// Grows when a field changes its meaning or goes away; a new field does not count.
pub const VERSION: u32 = 2;

/// Says results as objects, and what stands beside them in words on standard error.
#[derive(Debug)]
pub struct Json<'a> {
    writer: &'a Writer,
    beside: Human<'a>,
}

impl<'a> Json<'a> {
    /// Objects go to this writer's standard output.
    pub fn new(writer: &'a Writer, beside: Human<'a>) -> Self {
        Self { writer, beside }
    }
}

impl Reporter for Json<'_> {
    fn event(&self, event: &Event<'_>) {
        for object in objects(event) {
            self.writer.result(&format!("{object}\n"));
        }
        // Whoever asks for a verdict reads it here; whoever builds has another reader on standard error.
        if !matches!(event, Event::Verdict(judged) if matches!(judged.asked, Asked::Verify { .. })) {
            self.beside.beside(event);
        }
        if let Event::Text(text) = event {
            self.writer.result(text);
        }
    }
}

/// What an event is as objects; none where it is for people alone.
pub(super) fn objects(event: &Event<'_>) -> Vec<Value> {
    let one = |value| vec![value];
    match event {
        Event::JobStarted(view) => one(plan::json(view)),
        Event::Plan(planned) => one(plan::json(planned.view)),
        Event::Causes(advice) => advice.iter().map(c_errors::json).collect(),
        Event::Verdict(judged) => one(json_verdict::value(judged)),
        Event::Artifact(artifact) => one(self::artifact(artifact)),
        Event::EveryImage { table, .. } => one(every_image::json(table)),
        Event::Start { image, platform, start } => one(start::json(image, platform, start)),
        Event::Linted(linted) => one(json_lint::value(linted)),
        Event::Dockerfile(written) => one(dockerfile(written)),
        Event::Page(page) => one(self::page(page)),
        Event::Explained(explained) => one(explanation::json(explained)),
        Event::Images(images) => images.iter().map(image::json).collect(),
        Event::Image(facts) => one(image::json(facts)),
        Event::Inspected { image: facts, digest, .. } => one(image::inspected(facts, *digest)),
        Event::Machine { tools, rows } => one(doctor::json(tools, rows)),
        Event::Error(problem) => one(error(problem)),
        Event::Finished(status) => one(json!({ "reason": "finished", "version": VERSION, "status": status })),
        Event::Status(..) | Event::Note(_) | Event::Warning(_) | Event::Go(_) | Event::Text(_) => Vec::new(),
    }
}

/// A problem before any verdict.
fn error(error: &Error) -> Value {
    json!({
        "reason": "error",
        "version": VERSION,
        "message": error.message,
        "detail": error.detail,
        "help": error.help,
    })
}

fn artifact(artifact: &Artifact<'_>) -> Value {
    json!({
        "reason": "artifact",
        "version": VERSION,
        "file": artifact.path.to_string_lossy(),
        "target": artifact.target,
        "image": artifact.image,
        "platform": artifact.platform,
        "fresh": artifact.fresh,
    })
}

fn dockerfile(written: &Dockerfile<'_>) -> Value {
    json!({
        "reason": "dockerfile",
        "version": VERSION,
        "target": written.target,
        "image": written.image,
        "shape": written.shape,
        "builder": written.builder,
        "text": written.text,
        "notes": written.notes,
        "output": written.output.map(|path| path.to_string_lossy()),
    })
}

fn page(page: &Diagnostic) -> Value {
    json!({
        "reason": "check",
        "version": VERSION,
        "id": page.id,
        "name": page.name,
        "severity": page.severity,
        "summary": page.summary,
        "page": page.page,
    })
}
