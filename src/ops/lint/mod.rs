//! `gobuild lint`: Dockerfiles, held against the images they name and the folder they are built in.

mod files;
mod folder;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::sources::Sources;
use super::targets;
use super::{Ended, session};
use crate::cli::{Common, LintArgs, Process};
use crate::diagnostics::{Finding, Policy, Severity, Unjudged};
use crate::dockerfile::model::{self, Base, Resolved};
use crate::dockerfile::parse::{self, Dockerfile, What, place};
use crate::error::{Error, Result, io_reason, status};
use crate::host::file::{TEXT, read_typed};
use crate::host::today::today;
use crate::image::Image;
use crate::lint::{self, Facts};
use crate::origin::{Origin, Sourced};
use crate::report::lint::Linted;
use crate::report::{Event, Reporter};

use folder::Folder;

/// A file with what was found in it.
struct Done {
    path: String,
    text: String,
    findings: Vec<Finding>,
    unknown: Vec<Unjudged>,
}

impl Done {
    fn linted(&self) -> Linted<'_> {
        Linted { path: &self.path, text: &self.text, findings: &self.findings, unknown: &self.unknown }
    }
}

/// Holds Dockerfiles against what is built in them.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &LintArgs, reporter: &dyn Reporter) -> Result<Ended> {
    let config = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.0.as_ref())?;
    let sources = Sources::of(process, &config, reporter);
    let files = files::meant(&args.files, &process.dir)?;
    let mut all = Vec::new();
    for path in &files {
        all.push(one(sources, args, path, &policy)?);
    }
    for done in &all {
        reporter.event(&Event::Linted(&done.linted()));
    }
    let rejected = all.iter().any(|done| done.linted().count(Severity::Error) > 0);
    let ended = if rejected { status::REJECTED } else { status::ACCEPTED };
    reporter.event(&Event::Finished(ended));
    Ok(Ended::Exit(ended))
}

fn one(sources: Sources<'_>, args: &LintArgs, path: &Path, policy: &Policy) -> Result<Done> {
    let shown = path.to_string_lossy().into_owned();
    let bytes = read_typed(&sources.process.dir.join(path), TEXT)
        .map_err(|error| Error::new(format!("cannot read {shown}: {}", io_reason(&error))))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let file = parse::parse(&text)
        .map_err(|error| Error::new(format!("{shown}:{}:{}: {}", error.line, error.column, error.message)))?;
    let resolved = model::resolve(&file);
    let last =
        resolved.find(args.stage.as_deref()).ok_or_else(|| no_stage(&file, &shown, args.stage.as_deref()))?;
    let images = images(sources, &resolved, last, &file, &shown)?;
    let context = Folder::open(sources.process, args.context.as_deref(), path, &file);
    let context = context.with_image(resolved.image(last).ok().and_then(|name| images.get(name)));
    if let Some(other) = &context.shown {
        sources
            .reporter
            .note(&format!("the build context of {shown} is taken to be {other}; --context names another"));
    }
    let today = today(&sources.process.env);
    let facts = Facts::new(&resolved, last, &images, &context, &today);
    Ok(Done {
        findings: lint::lint(&facts, policy),
        unknown: lint::unknown(&facts),
        path: shown,
        text: file.text.clone(),
    })
}

fn no_stage(file: &Dockerfile, shown: &str, wanted: Option<&str>) -> Error {
    let names = file.stages.iter().filter_map(|stage| Some(stage.name.as_ref()?.text.as_str()));
    let names: Vec<&str> = names.collect();
    let error = Error::new(format!("{shown} has no stage {}", wanted.unwrap_or_default()));
    if names.is_empty() { error } else { error.detail(format!("  there are {}", names.join(", "))) }
}

/// The facts of every image that comes into the stage that is meant.
fn images(
    sources: Sources<'_>,
    resolved: &Resolved<'_>,
    last: usize,
    file: &Dockerfile,
    shown: &str,
) -> Result<BTreeMap<String, Image>> {
    let mut found = BTreeMap::new();
    for index in resolved.reached(last) {
        let stage = &resolved.stages[index];
        let Base::Image(name) = &stage.base else { continue };
        if found.contains_key(name) {
            continue;
        }
        let line = place::line(&file.text, stage.parsed.span.start);
        let origin = Origin::Dockerfile { path: PathBuf::from(shown), line };
        found.insert(name.clone(), targets::resolve(sources, &Sourced::new(name.clone(), origin))?.image);
    }
    // A name behind --from may also be a context that only the build knows: what is no image is passed over.
    for (name, offset) in resolved.images_copied_from(last) {
        let origin = Origin::Dockerfile { path: PathBuf::from(shown), line: place::line(&file.text, offset) };
        if !found.contains_key(&name)
            && let Ok(resolved) = targets::resolve(sources, &Sourced::new(name.clone(), origin))
        {
            found.insert(name, resolved.image);
        }
    }
    Ok(found)
}

/// The paths that a file copies out of its context, as written.
fn copied(file: &Dockerfile) -> impl Iterator<Item = &str> {
    let steps = file.stages.iter().flat_map(|stage| &stage.steps);
    let copies = steps.filter_map(|step| match &step.what {
        What::Copy(copy) if copy.from.is_none() => Some(copy),
        _ => None,
    });
    copies.flat_map(|copy| copy.sources.iter().map(|word| word.text.as_str()))
}
