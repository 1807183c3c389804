//! `--message-format json`: objects on standard output, one a line. docs/json.schema.json is made of these types, and
//! docs/json.md of the schema.

use serde::Serialize;

use super::c_errors::CErrorObject;
use super::doctor::DoctorObject;
use super::event::{Artifact, Asked, Dockerfile, Event, Reporter};
use super::human::Human;
use super::image::ImageObject;
use super::json_explanation::{CauseObject, ExplanationObject};
use super::json_lint::LintObject;
use super::json_plan::PlanObject;
use super::json_table::TableObject;
use super::json_verdict::VerdictObject;
use super::start::StartObject;
use super::version::ShapeVersion;
use super::writer::Writer;
use super::{explanation, json_explanation};
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::platform::Platform;

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
            // Keys of every map in it are strings, which is all that could fail.
            if let Ok(text) = serde_json::to_string(&object) {
                self.writer.result(&format!("{text}\n"));
            }
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

/// One line of `gobuild --message-format json`; `reason` says what it is.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "gobuild --message-format json"))]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Object<'a> {
    /// What will be run, and where every value of it comes from: `gobuild plan`, and before each build.
    Plan(Box<PlanObject<'a>>),
    /// One for each file that was held against an image: `gobuild`, `gobuild verify`.
    Verdict(VerdictObject<'a>),
    /// What an image starts (`gobuild verify --image X` without a file), one for each image and platform. A `verdict`
    /// follows for each file: its `file` is the path in the image, and its `target` the image as typed.
    Start(StartObject<'a>),
    /// Where a file can run (`gobuild verify --all`, and without a target anywhere), one for each file.
    Table(TableObject<'a>),
    /// The page of a check or rule: `gobuild explain GB201`.
    Check(CheckObject),
    /// What is behind a pasted message: `gobuild explain MESSAGE`.
    Explanation(ExplanationObject<'a>),
    /// A cause that was asked for by its name: `gobuild explain pie-loader`.
    Cause(CauseObject<'a>),
    /// Something that a C compiler, a linker, pkg-config or go said about the C half of a build, and is known.
    CError(CErrorObject<'a>),
    /// A file was published.
    Artifact(ArtifactObject<'a>),
    /// One for each image of `gobuild image list`, `show`, `inspect` and `pin`.
    Image(ImageObject<'a>),
    /// What this machine has and what can be built with it: `gobuild doctor`.
    Doctor(DoctorObject<'a>),
    /// A problem before any verdict, or one that ended a job.
    Error(ErrorObject<'a>),
    /// The last object of a build, a verification or a lint.
    Finished(FinishedObject),
    /// One for each `gobuild dockerfile`.
    Dockerfile(DockerfileObject<'a>),
    /// A Dockerfile that was linted: `gobuild lint`.
    Lint(LintObject<'a>),
}

/// What an event is as objects; none where it is for people alone.
pub fn objects<'a>(event: &Event<'a>) -> Vec<Object<'a>> {
    let one = |object| vec![object];
    match *event {
        Event::JobStarted(view) => one(Object::Plan(Box::new(PlanObject::of(view)))),
        Event::Plan(planned) => one(Object::Plan(Box::new(PlanObject::of(planned.view)))),
        Event::Causes(advice) => advice.iter().map(|one| Object::CError(CErrorObject::of(one))).collect(),
        Event::Verdict(judged) => one(Object::Verdict(VerdictObject::of(judged))),
        Event::Artifact(artifact) => one(Object::Artifact(ArtifactObject::of(artifact))),
        Event::EveryImage { table, .. } => one(Object::Table(TableObject::of(table))),
        Event::Start { image, platform, start } => {
            one(Object::Start(StartObject::of(image, platform, start)))
        }
        Event::Linted(linted) => one(Object::Lint(LintObject::of(linted))),
        Event::Dockerfile(written) => one(Object::Dockerfile(DockerfileObject::of(written))),
        Event::Page(page) => one(Object::Check(CheckObject::of(page))),
        Event::Explained(explained) => one(self::explained(explained)),
        Event::Images(images) => images.iter().map(|image| Object::Image(ImageObject::of(image))).collect(),
        Event::Image(image) => one(Object::Image(ImageObject::of(image))),
        Event::Inspected { image, digest, .. } => one(Object::Image(ImageObject::inspected(image, digest))),
        Event::Machine { tools, rows } => one(Object::Doctor(DoctorObject::of(tools, rows))),
        Event::Error(problem) => one(Object::Error(ErrorObject::of(problem))),
        Event::Finished(status) => one(Object::Finished(FinishedObject { version: ShapeVersion, status })),
        Event::Status(..) | Event::Note(_) | Event::Warning(_) | Event::Go(_) | Event::Text(_) => Vec::new(),
    }
}

fn explained<'a>(explained: &'a explanation::Explained<'a>) -> Object<'a> {
    match explained.answer {
        explanation::Answer::Cause(cause) => Object::Cause(CauseObject::of(cause, explained.files)),
        explanation::Answer::Symptoms(found) => {
            Object::Explanation(json_explanation::ExplanationObject::of(explained, found))
        }
    }
}

/// A problem, as people read it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorObject<'a> {
    version: ShapeVersion,
    /// One line, without `error:`.
    message: &'a str,
    /// Lines below it: a quoted line of gobuild.toml, a path.
    detail: &'a [String],
    /// Ways out.
    help: &'a [String],
}

impl<'a> ErrorObject<'a> {
    fn of(error: &'a Error) -> Self {
        Self { version: ShapeVersion, message: &error.message, detail: &error.detail, help: &error.help }
    }
}

/// How it ended.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FinishedObject {
    version: ShapeVersion,
    /// The exit status: 0 accepted, 2 usage, 3 rejected, go's own where go failed.
    status: u8,
}

/// A file that is where the user wants it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArtifactObject<'a> {
    version: ShapeVersion,
    /// Its path.
    file: String,
    /// The target's name; null where there is none.
    target: Option<&'a str>,
    /// The image's name; null where only the platform was judged.
    image: Option<&'a str>,
    /// The platform.
    platform: &'a Platform,
    /// Whether this run made it; false where nothing had changed.
    fresh: bool,
}

impl<'a> ArtifactObject<'a> {
    fn of(artifact: &Artifact<'a>) -> Self {
        Self {
            version: ShapeVersion,
            file: artifact.path.to_string_lossy().into_owned(),
            target: artifact.target,
            image: artifact.image,
            platform: artifact.platform,
            fresh: artifact.fresh,
        }
    }
}

/// A Dockerfile that was written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DockerfileObject<'a> {
    version: ShapeVersion,
    /// The target's name, or the image.
    target: &'a str,
    /// The image.
    image: &'a str,
    /// `prebuilt` or `multi-stage`.
    shape: &'static str,
    /// `buildkit` or `classic`.
    builder: &'static str,
    /// The Dockerfile.
    text: &'a str,
    /// What was decided and cannot be seen, and what is not known.
    notes: &'a [String],
    /// The file of `--output`; null where the text went to standard output.
    output: Option<String>,
}

impl<'a> DockerfileObject<'a> {
    fn of(written: &Dockerfile<'a>) -> Self {
        Self {
            version: ShapeVersion,
            target: written.target,
            image: written.image,
            shape: written.shape,
            builder: written.builder,
            text: written.text,
            notes: written.notes,
            output: written.output.map(|path| path.to_string_lossy().into_owned()),
        }
    }
}

/// A check or a rule with its page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckObject {
    version: ShapeVersion,
    /// `GB201`
    id: &'static str,
    /// `loader-missing`
    name: &'static str,
    /// What a finding of it is, before `--allow` and `--deny`.
    severity: Severity,
    /// One line, lower case, no full stop.
    summary: &'static str,
    /// The text of the page, as Markdown.
    page: &'static str,
}

impl CheckObject {
    fn of(page: &'static Diagnostic) -> Self {
        Self {
            version: ShapeVersion,
            id: page.id,
            name: page.name,
            severity: page.severity,
            summary: page.summary,
            page: page.page,
        }
    }
}
