//! What the binary looks for when it runs: read of the finished file where there is one, else of the packages
//! that go into it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::checks::traits::ZONES_LINKED_IN;
use crate::diagnostics::{Finding, Policy};
use crate::dockerfile::render::needs::Needs;
use crate::error::Result;
use crate::gocmd::Console;
use crate::gocmd::Invocation;
use crate::gocmd::packages;
use crate::image;
use crate::plan::Plan;
use crate::platform::Platform;

use super::super::finished::Finished;
use super::super::session::Session;
use super::super::target::Target;
use super::context::Program;

/// Where to look.
pub(super) struct Places<'a> {
    pub(super) context: &'a Path,
    pub(super) program: &'a Program,
    pub(super) target: &'a Target,
    pub(super) platforms: &'a [Platform],
    pub(super) plans: &'a [(Platform, Plan)],
}

/// Of the file that was named, else of the one that gobuild wrote, else of the packages.
pub(super) fn needs(
    session: &Session<'_>,
    named: Option<PathBuf>,
    places: &Places<'_>,
    console: Console<'_>,
) -> Result<Needs> {
    if let Some(path) = named {
        let file = Finished::open(session.process, &path)?;
        if let Some(needs) = of_file(&file) {
            return Ok(needs);
        }
        session
            .reporter
            .note(&format!("the functions of {} cannot be read, so its packages are used", path.display()));
    } else if let Some((shown, needs)) = written(session, places)? {
        session.reporter.note(&format!("what the binary looks for was read from {shown}"));
        return Ok(needs);
    }
    of_packages(session, places, console)
}

/// The first that is there.
fn written(session: &Session<'_>, places: &Places<'_>) -> Result<Option<(String, Needs)>> {
    let several = places.platforms.len() > 1;
    let any = [Platform::linux("amd64")];
    let platforms = if places.platforms.is_empty() { &any[..] } else { places.platforms };
    for platform in platforms {
        let shown = places.program.file(session, places.target, platform, several)?;
        let path = places.context.join(&shown);
        if path.is_file()
            && let Ok(file) = Finished::open(session.process, &path)
            && let Some(needs) = of_file(&file)
        {
            return Ok(Some((shown, needs)));
        }
    }
    Ok(None)
}

/// Against an image with nothing in it, every check of what is looked for fires.
fn of_file(file: &Finished) -> Option<Needs> {
    let functions = file.reading.traits.functions.as_ref()?;
    let nothing = image::resolve("scratch").ok()?;
    let own = file.platforms(&[], None);
    let verdict = file.judge(Some(&nothing), &own.first()?.value, &Policy::default());
    let ids = verdict.findings.iter().map(Finding::id);
    Some(Needs::of_findings(ids, functions.contains(ZONES_LINKED_IN)))
}

fn of_packages(session: &Session<'_>, places: &Places<'_>, console: Console<'_>) -> Result<Needs> {
    let Some((_, plan)) = places.plans.first() else { return Ok(Needs::default()) };
    let base = Invocation {
        program: plan.go.value.clone(),
        args: Vec::new(),
        env: plan.environment(&session.process.env),
        dir: session.dir.clone(),
    };
    let patterns: Vec<OsString> = plan.packages.iter().map(|package| package.value.clone()).collect();
    let Some(paths) = packages::dependencies(&base, &plan.selecting, &patterns, console)? else {
        session.reporter.note("go cannot list the packages, so what the binary looks for is not known");
        return Ok(Needs::default());
    };
    session.reporter.note(
        "what the binary looks for follows from its packages; a binary that is built already says more",
    );
    Ok(Needs::of_packages(&paths))
}
