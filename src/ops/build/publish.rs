//! What go produced: proven through a descriptor, then renamed to where the user wants it.

use std::ffi::OsStr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::checks::{Build, Verdict};
use crate::diagnostics::{About, Finding, NamedImage};
use crate::error::Result;
use crate::gocmd::Console;
use crate::image::facts::Source;
use crate::plan::naming;
use crate::platform::Platform;
use crate::report::Event;
use crate::report::event::{Artifact, Asked, Judged};
use crate::report::shown::Shown;
use crate::staging::output::Output;
use crate::staging::publish::Mode;
use crate::staging::refusal;
use crate::staging::route::Route;
use crate::staging::stage::{Produced, Stage};

use super::super::prove::{self, Against};
use super::super::reading::Reading;
use super::super::session::Session;
use super::Outcome;
use super::jobs::Job;
use super::refuse::refuse;

/// What a result is held against.
pub(super) struct Meant<'a> {
    pub(super) job: &'a Job,
    pub(super) platform: Platform,
    pub(super) build: Build,
}

/// What is said again where nothing changed.
#[derive(Serialize, Deserialize)]
struct Remembered {
    findings: Vec<Shown>,
    closing: String,
}

impl Meant<'_> {
    /// What is judged before there is a file.
    pub(super) fn about(&self) -> About {
        let image = self.job.image().map(NamedImage::from);
        About { file: String::new(), image, platform: self.platform.to_string() }
    }

    fn against<'b>(&'b self, session: &'b Session<'_>) -> Against<'b> {
        Against {
            image: self.job.image(),
            platform: &self.platform,
            build: &self.build,
            policy: &session.policy,
            place: None,
            start: None,
            thorough: false,
        }
    }

    fn target(&self) -> Option<&str> {
        self.job.target.as_ref().map(|target| target.name.as_str())
    }

    fn image(&self) -> Option<&str> {
        self.job.image().map(|image| image.name.as_str())
    }

    /// `alpine:3.20 (linux/amd64)`
    fn place(&self) -> String {
        match self.job.image() {
            Some(image) => format!("{} ({})", image.name, self.platform),
            None => self.platform.to_string(),
        }
    }
}

/// Publishes everything that a run produced and that fits. One rejected file does not hold back another.
pub(super) fn all(
    session: &Session<'_>,
    meant: &Meant<'_>,
    route: &Route,
    stage: &mut Stage,
    produced: Vec<Produced>,
    console: Console<'_>,
) -> Result<Outcome> {
    let mut rejected = false;
    for made in produced {
        if let Some(signal) = console.signals.caught() {
            return Ok(Outcome::Interrupted(signal));
        }
        let Some(output) = destination(meant, route, &made.name)? else { continue };
        if let Some(refused) = refusal::file(&output) {
            return Ok(refuse(session, &refused));
        }
        rejected |= !one(session, meant, stage, &made, &output)?;
    }
    Ok(if rejected { Outcome::Rejected } else { Outcome::Accepted })
}

/// Where the user wants a file of the stage.
fn destination(meant: &Meant<'_>, route: &Route, name: &OsStr) -> Result<Option<Output>> {
    let Some(output) = route.output(name) else { return Ok(None) };
    let Some(template) = &meant.job.naming else { return Ok(Some(output)) };
    let file = output.path.file_name().unwrap_or(name);
    let name = naming::name(template, file, meant.target().unwrap_or_default(), &meant.platform)?;
    Ok(Some(output.beside(&name)))
}

/// Proves one file and publishes it. Gives whether it was accepted.
fn one(
    session: &Session<'_>,
    meant: &Meant<'_>,
    stage: &mut Stage,
    made: &Produced,
    output: &Output,
) -> Result<bool> {
    let against = meant.against(session);
    let key = prove::key(against)?;
    // What an older gobuild remembered in another shape is proven anew.
    if let Some(kept) = stage.still_published(made, &key, output)?
        && let Ok(Remembered { findings, closing }) = serde_json::from_value(kept)
    {
        tell(session, meant, output, &findings, None);
        finish(session, meant, output, &closing, false);
        return Ok(true);
    }
    let copy = stage.private_copy(made, output, Mode::of(&meant.build.mode))?;
    // go writes a library's header beside it: nothing of it runs.
    if meant.build.is_library() && Path::new(&made.name).extension().is_some_and(|extension| extension == "h")
    {
        copy.publish()?;
        return Ok(true);
    }
    let name = output.path.file_name().unwrap_or(&made.name);
    let (reading, verdict) = prove::prove(name, copy.file(), against)?;
    let findings = Shown::all(&verdict.findings);
    let rejected = (!verdict.accepted()).then_some(made.path.as_path());
    tell(session, meant, output, &findings, rejected);
    if rejected.is_some() {
        return Ok(false);
    }
    let published = copy.publish()?;
    let closing = closing(meant, output, &reading, &verdict);
    let kept = Remembered { findings, closing };
    // Keys of every map in it are strings, which is all that could fail.
    let value = serde_json::to_value(&kept).unwrap_or_default();
    stage.remember(made, &key, value, output, published)?;
    finish(session, meant, output, &kept.closing, true);
    Ok(true)
}

/// What shows before anything is built: there is no file, and the output stays what it was.
pub(super) fn reject_early(session: &Session<'_>, meant: &Meant<'_>, output: &Path, verdict: &Verdict) {
    session.reporter.event(&Event::Verdict(&Judged {
        file: &output.to_string_lossy(),
        target: meant.target(),
        image: meant.image(),
        platform: &meant.platform,
        findings: &Shown::all(&verdict.findings),
        asked: Asked::BeforeBuilding,
    }));
}

fn tell(
    session: &Session<'_>,
    meant: &Meant<'_>,
    output: &Output,
    findings: &[Shown],
    rejected: Option<&Path>,
) {
    session.reporter.event(&Event::Verdict(&Judged {
        file: &output.shown.to_string_lossy(),
        target: meant.target(),
        image: meant.image(),
        platform: &meant.platform,
        findings,
        asked: Asked::Built { rejected },
    }));
}

fn finish(session: &Session<'_>, meant: &Meant<'_>, output: &Output, closing: &str, fresh: bool) {
    session.reporter.status("Finished", closing);
    session.reporter.event(&Event::Artifact(&Artifact {
        path: &output.path,
        target: meant.target(),
        image: meant.image(),
        platform: &meant.platform,
        fresh,
    }));
}

fn closing(meant: &Meant<'_>, output: &Output, reading: &Reading, verdict: &Verdict) -> String {
    let kind = prove::kind(&reading.binary);
    let shown = output.shown.display();
    let allowed: Vec<&str> = verdict.findings.iter().filter(|one| one.allowed).map(Finding::id).collect();
    if !allowed.is_empty() {
        return format!(
            "{shown} is published for {} in spite of {}: {kind}",
            meant.place(),
            allowed.join(", ")
        );
    }
    if let Some(image) = meant.job.image() {
        let kind = prove::kind_for(&reading.binary, image);
        // Only what asks nothing of an image gets this far where nobody has described it.
        return if image.source == Source::Nobody {
            format!("{shown} ({}): {kind}", meant.platform)
        } else {
            format!("{shown} runs in {}: {kind}", meant.place())
        };
    }
    format!(
        "{shown} fits {}: {kind}; {}",
        meant.platform,
        prove::where_it_runs(reading, &meant.platform, &meant.build)
    )
}
