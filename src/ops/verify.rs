//! `gobuild verify`: files that something else built, held against an image, or against every known one.

use std::path::Path;

use serde_json::json;

use crate::cli::{Common, Process, VerifyArgs};
use crate::diagnostics::Policy;
use crate::error::{Result, status};
use crate::origin::{Origin, Sourced};
use crate::plan::platforms;
use crate::platform::Platform;
use crate::report::json_verdict::{self, Judged};
use crate::report::shell::Shell;
use crate::report::{self, json::VERSION};
use crate::source::Place;

use super::build::jobs::typed_platforms;
use super::finished::Finished;
use super::sources::Sources;
use super::target::Target;
use super::targets;
use super::whole::Whole;
use super::{Ended, every_image, prove, real, session};

/// Holds finished files, or an image as a whole, against images.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(process: &Process, common: &Common, args: &VerifyArgs, shell: &Shell) -> Result<Ended> {
    let (config, config_dir) = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.as_ref())?;
    let typed = typed_platforms(&args.platforms)?;
    let sources =
        Sources { process, config: config.as_ref(), config_dir: &config_dir, dir: &process.dir, shell };
    if args.files.is_empty() {
        return whole(sources, args, &typed, &policy);
    }
    let wanted = match place(args, &process.dir) {
        Some((place, flag)) => {
            let real = real::images(real::open(sources, &place, None, &typed, &process.dir)?);
            let name = real.first().map(|image| image.name.clone()).unwrap_or_default();
            vec![Target::read(&name, real, Origin::CommandLine(flag.to_owned()))?]
        }
        None if args.all => Vec::new(),
        None => targets::wanted(sources, &args.targets)?,
    };
    let mut rejected = false;
    for path in &args.files {
        let file = Finished::open(process, path)?;
        let file = match &args.rootfs {
            Some(root) => file.inside(process, root),
            None => file,
        };
        if wanted.is_empty() {
            let table = every_image::table(&file, &typed, &policy);
            if shell.is_json() {
                shell.json(&report::every_image::json(&table));
            } else if args.markdown {
                shell.result(&report::every_image::markdown(&table));
            } else {
                shell.result(&report::every_image::human(&table));
            }
        }
        for target in &wanted {
            for platform in &file.platforms(&typed, Some(target)) {
                platforms::belongs(platform, &target.image)?;
                rejected |= !ask(&file, &target.on(&platform.value)?, platform, &policy, shell);
            }
        }
    }
    Ok(ended(!rejected, shell))
}

/// No file was named: what the image itself starts is judged.
fn whole(
    sources: Sources<'_>,
    args: &VerifyArgs,
    typed: &[Sourced<Platform>],
    policy: &Policy,
) -> Result<Ended> {
    let Sources { process, shell, .. } = sources;
    // clap lets nothing else through without a file.
    let Some((place, _)) = place(args, &process.dir) else { return Ok(Ended::Exit(status::USAGE)) };
    let written = args.rootfs.as_ref().map(|folder| folder.to_string_lossy().into_owned());
    let written = written.or_else(|| args.image.clone()).unwrap_or_default();
    let opened = real::open(sources, &place, None, typed, &process.dir)?;
    let whole = Whole { written: &written, typed, every_file: args.every_file, policy, shell };
    Ok(ended(whole.judge(&opened)?, shell))
}

fn ended(accepted: bool, shell: &Shell) -> Ended {
    let status = if accepted { status::ACCEPTED } else { status::REJECTED };
    if shell.is_json() {
        shell.json(&json!({ "reason": "finished", "version": VERSION, "status": status }));
    }
    Ended::Exit(status)
}

/// What to read instead of a target, and the flag that says so.
fn place(args: &VerifyArgs, dir: &Path) -> Option<(Place, &'static str)> {
    let folder = args.rootfs.as_ref().map(|folder| (Place::Folder(folder.clone()), "--rootfs"));
    folder.or_else(|| Some((Place::of(args.image.as_deref()?, dir), "--image")))
}

/// Judges, says the verdict, and gives whether it was accepted.
fn ask(
    file: &Finished,
    target: &Target,
    platform: &Sourced<Platform>,
    policy: &Policy,
    shell: &Shell,
) -> bool {
    let image = &target.image;
    let verdict = file.judge(Some(image), &platform.value, policy);
    let accepted = verdict.accepted();
    let shown = file.path.to_string_lossy();
    if shell.is_json() {
        shell.json(&json_verdict::value(&Judged {
            file: &shown,
            target: Some(&target.name),
            image: Some(&image.name),
            platform: &platform.value,
            verdict: &verdict,
        }));
        return accepted;
    }
    let rendered: String = verdict.findings.iter().map(report::finding::render).collect();
    shell.rendered(&rendered);
    let from = match &platform.origin {
        Origin::Because(why) => format!(" ({why})"),
        _ => String::new(),
    };
    let kind = prove::kind(&file.reading.binary);
    let word = if accepted { "accepted" } else { "rejected" };
    shell.result(&format!("{shown}: {word} for {} on {}{from}: {kind}\n", image.name, platform.value));
    accepted
}
