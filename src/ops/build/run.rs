//! One job: where go writes, the run itself, and what it produced.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::cc::wrapper;
use crate::checks::{self, Build};
use crate::error::{Error, Result};
use crate::gocmd::Console;
use crate::gocmd::packages::{self, Listed};
use crate::gocmd::{self, Invocation, Status};
use crate::platform::Platform;
use crate::report::c_errors::Setting;
use crate::report::{self, Event};
use crate::staging::key::Key;
use crate::staging::refusal::{self, Refusal};
use crate::staging::route::{self, Asked, Route};
use crate::staging::stage::Stage;

use crate::symptoms::building::{self, Said};

use super::super::session::Session;
use super::Outcome;
use super::jobs::Job;
use super::publish::{self, Meant};
use super::refuse::refuse;

/// What go says of a package that is not main where it is given a folder: gobuild gave it the folder, so
/// the line is not for the user.
const NOT_MAIN: &str = "go: no main packages to build";

/// Runs one job to its end.
pub(super) fn run(session: &Session<'_>, job: &Job, console: Console<'_>) -> Result<Outcome> {
    let reporter = session.reporter;
    reporter.event(&Event::JobStarted(&job.view()));
    if let Some(why) = &job.aside {
        reporter.note(why);
        return as_typed(session, job, console);
    }
    let Some(meant) = meant_for(session, job) else { return as_typed(session, job, console) };
    let route = match decide(session, job, &meant.platform, console)? {
        Ok(route) => route,
        Err(outcome) => return Ok(outcome),
    };
    let Some(output) = route.keyed_by() else { return as_typed(session, job, console) };
    if let Some(refused) = refused(&route, job) {
        return Ok(refuse(session, &refused));
    }
    let early = checks::verdict::before_building(&meant.build, meant.about(), &session.policy);
    if !early.accepted() {
        publish::reject_early(session, &meant, output, &early);
        return Ok(Outcome::Rejected);
    }
    let target = job.target.as_ref().map_or("", |target| target.name.as_str());
    let key = Key::new(output, target, &meant.platform.to_string(), &job.plan.build_mode);
    let waiting =
        |lock: &Path| reporter.status("Blocking", &format!("waiting for file lock on {}", lock.display()));
    let mut stage = Stage::open(&session.cache, &key, waiting, || console.signals.caught().is_some())?;
    reporter.status("Building", &building(job, &meant.platform));
    if let Some(cold) = job.plan.wrapper.as_ref().filter(|wrapper| !wrapper::is_warm(wrapper)) {
        reporter.status("Preparing", &format!("zig makes {}", cold.builds));
    }
    let _zig = job.plan.wrapper.as_ref().and_then(|_| session.cache.hold_zig());
    stage.prepare()?;
    let named = matches!(route, Route::Named(_));
    let held_back: &[&str] = if named { &[NOT_MAIN] } else { &[] };
    let staged = route.go_output(&stage.folder());
    let ended = gocmd::run(&invocation(session, job, staged.as_deref()), console, held_back, recognise(job))?;
    if let Some(signal) = console.signals.caught() {
        stage.produced(false)?;
        return Ok(Outcome::Interrupted(signal));
    }
    let produced = stage.produced(ended.success())?;
    if named && ended.held_back && !ended.success() {
        drop(stage);
        return as_typed(session, job, console);
    }
    explain(session, job, &meant.platform, &ended);
    if !ended.success() {
        return Ok(Outcome::Go(ended.status));
    }
    job.plan.wrapper.iter().for_each(wrapper::set_warm);
    if produced.is_empty() {
        return Err(Error::new("go ended well and wrote nothing")
            .detail(format!("  it was to write {}", staged.unwrap_or_default().display()))
            .help("look whether the go command is a real one: gobuild plan shows which one is run"));
    }
    if matches!(route, Route::Folder(_)) && produced.iter().any(|made| made.fresh) {
        say_collisions(session, job, console)?;
    }
    publish::all(session, &meant, &route, &mut stage, produced, console)
}

/// What is behind the messages of go, compilers and linkers.
fn explain(session: &Session<'_>, job: &Job, platform: &Platform, ended: &gocmd::Ended) {
    let Some(image) = job.image() else { return };
    let setting = Setting { code: job.plan.code.as_ref(), image: &image.name, libc: image.libc_on(platform) };
    let lines: Vec<Said> = ended
        .seen
        .iter()
        .map(|seen| Said { line: seen.line.clone(), package: seen.package.clone() })
        .collect();
    let met = building::met(&lines, !ended.success(), setting.linked_with());
    let advice = report::c_errors::advice(&met, &setting);
    session.reporter.event(&Event::Causes(&advice));
}

/// What to look for in go's messages: where no image is named, go's choices are not gobuild's to explain.
fn recognise(job: &Job) -> Option<gocmd::Recognise> {
    job.plan.cgo.is_some().then_some(building::number as gocmd::Recognise)
}

/// Into one folder go writes two programs of one name over each other and says nothing. Programs that go
/// found up to date are none of these: each would have been written over the other.
fn say_collisions(session: &Session<'_>, job: &Job, console: Console<'_>) -> Result<()> {
    let packages: Vec<OsString> = job.plan.packages.iter().map(|package| package.value.clone()).collect();
    if packages.is_empty() || packages.len() == 1 && !packages[0].to_string_lossy().contains("...") {
        return Ok(());
    }
    let listed = packages::mains(&invocation(session, job, None), &job.plan.selecting, &packages, console)?;
    for (name, paths) in listed.collisions() {
        session
            .reporter
            .warning(&format!("{} are all called {name}: go keeps only one of them", paths.join(" and ")));
    }
    Ok(())
}

/// The user's own arguments, where there is nothing to prove.
fn as_typed(session: &Session<'_>, job: &Job, console: Console<'_>) -> Result<Outcome> {
    let output = job.plan.output.as_ref().map(|output| output.value.as_os_str());
    let ended = gocmd::run(&invocation(session, job, output), console, &[], None)?;
    Ok(match (console.signals.caught(), ended.status) {
        (Some(signal), _) => Outcome::Interrupted(signal),
        (None, Status::Exit(0)) => Outcome::Accepted,
        (None, status) => Outcome::Go(status),
    })
}

fn invocation(session: &Session<'_>, job: &Job, output: Option<&OsStr>) -> Invocation {
    Invocation {
        program: job.plan.go.value.clone(),
        args: job.plan.arguments(output),
        env: job.plan.environment(&session.process.env),
        dir: job.plan.dir.clone(),
    }
}

/// What the result is to be held against; none where go builds for something that no container runs.
fn meant_for<'a>(session: &'a Session<'_>, job: &'a Job) -> Option<Meant<'a>> {
    let platform = match &job.platform {
        Some(platform) => platform.value.clone(),
        None => chosen_by_go(session)?,
    };
    let build = Build {
        mode: job.plan.build_mode.clone(),
        cgo: job.plan.cgo.clone(),
        cc: job.plan.cc.clone(),
        stubs: job.plan.stubs.clone(),
    };
    Some(Meant { job, platform, build })
}

/// The platform that go itself takes where nobody named one.
fn chosen_by_go(session: &Session<'_>) -> Option<Platform> {
    let value = |name| session.go_env.get(name);
    let platform: Platform = format!("{}/{}", value("GOOS")?, value("GOARCH")?).parse().ok()?;
    if platform.arch == "wasm" {
        return None;
    }
    let variant = platform.variant_variable().and_then(|name| session.user_env().get(name));
    Some(match variant {
        Some(variant) => platform.with_variant_value(&variant.value).unwrap_or(platform),
        None => platform,
    })
}

/// Where go's result goes, by the rule for `-o`; or how the run ends without one.
fn decide(
    session: &Session<'_>,
    job: &Job,
    platform: &Platform,
    console: Console<'_>,
) -> Result<Result<Route, Outcome>> {
    let packages: Vec<OsString> = job.plan.packages.iter().map(|package| package.value.clone()).collect();
    let asked = Asked {
        output: job.plan.output_path(),
        dry_run: job.plan.dry_run,
        build_mode: &job.plan.build_mode,
        packages: &packages,
        dir: &session.dir,
    };
    let pending = match route::route(&asked, Path::is_dir) {
        Route::NeedsMainCount(pending) => pending,
        route => return Ok(Ok(route)),
    };
    let listed = packages::mains(&invocation(session, job, None), &job.plan.selecting, &packages, console)?;
    if let Some(signal) = console.signals.caught() {
        return Ok(Err(Outcome::Interrupted(signal)));
    }
    Ok(match &listed {
        Listed::Failed { messages, .. } => Err(in_gos_words(session, job, platform, messages, console)?),
        Listed::Matched { packages, compiled, .. } => {
            route::counted(pending, *packages, *compiled, listed.written().is_some())
                .map_err(|refused| refuse(session, &refused))
        }
    })
}

/// `go list` failed, and so will `go build`, which is the one that was asked for: its words, its status, its
/// JSON. Nothing is written, whatever it thinks of the matter.
fn in_gos_words(
    session: &Session<'_>,
    job: &Job,
    platform: &Platform,
    messages: &str,
    console: Console<'_>,
) -> Result<Outcome> {
    let ended =
        gocmd::run(&invocation(session, job, Some("/dev/null".as_ref())), console, &[], recognise(job))?;
    explain(session, job, platform, &ended);
    match (console.signals.caught(), ended.status) {
        (Some(signal), _) => Ok(Outcome::Interrupted(signal)),
        (None, Status::Exit(0)) => Err(Error::new("go list does not name the packages that go build builds")
            .detail(messages)
            .help("name one package instead of a pattern")),
        (None, status) => Ok(Outcome::Go(status)),
    }
}

/// go's refusals that are certain before building; staging would hide them.
fn refused(route: &Route, job: &Job) -> Option<Refusal> {
    match route {
        // Where there are several results, each gets a name of its own.
        Route::File(_) if job.naming.is_some() => None,
        Route::File(output) => refusal::file(output),
        Route::Folder(output) => refusal::folder(output),
        Route::Named(_) | Route::Passthrough(_) | Route::NeedsMainCount(_) => None,
    }
}

/// `rpc for alpine:3.20 on linux/amd64 (cgo off)`.
fn building(job: &Job, platform: &Platform) -> String {
    let what = match (job.plan.output_path(), &job.plan.packages[..]) {
        (Some(output), _) => output.display().to_string(),
        (None, []) => ".".to_owned(),
        (None, packages) => {
            packages.iter().map(|package| package.value.display().to_string()).collect::<Vec<_>>().join(" ")
        }
    };
    let image = job.image().map_or_else(String::new, |image| format!(" for {}", image.name));
    let cgo = match &job.plan.cgo {
        Some(cgo) if cgo.value => format!(" (cgo on: {})", cgo.origin),
        Some(_) => " (cgo off)".to_owned(),
        None => String::new(),
    };
    format!("{what}{image} on {platform}{cgo}")
}
