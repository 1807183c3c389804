//! `gobuild verify`: files that something else built, held against an image, or against every known one.

use std::path::Path;

use crate::cli::{Common, Process, VerifyArgs};
use crate::diagnostics::Policy;
use crate::error::{Result, status};
use crate::origin::{Origin, Sourced};
use crate::plan::platforms;
use crate::platform::Platform;
use crate::report::event::{Asked, Judged};
use crate::report::shown::Shown;
use crate::report::{Event, Reporter};
use crate::source::Transport;

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
pub fn run(process: &Process, common: &Common, args: &VerifyArgs, reporter: &dyn Reporter) -> Result<Ended> {
    let config = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.0.as_ref())?;
    let typed = typed_platforms(&args.platforms)?;
    let sources = Sources::of(process, &config, reporter);
    if args.files.is_empty() {
        return whole(sources, args, &typed, &policy);
    }
    let wanted = match source(args, &process.dir)? {
        Some((source, flag)) => {
            let real = real::images(real::open(sources, &source, None, &typed, &process.dir)?);
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
            reporter.event(&Event::EveryImage { table: &table, markdown: args.markdown });
            // Nothing that is known takes it: whoever goes on from here publishes what cannot run.
            rejected |= !table.rows.iter().any(|row| row.verdict.accepted());
        }
        for target in &wanted {
            for platform in &file.platforms(&typed, Some(target)) {
                platforms::belongs(platform, &target.image)?;
                rejected |= !ask(&file, &target.on(&platform.value)?, platform, &policy, reporter);
            }
        }
    }
    Ok(ended(!rejected, reporter))
}

/// No file was named: what the image itself starts is judged.
fn whole(
    sources: Sources<'_>,
    args: &VerifyArgs,
    typed: &[Sourced<Platform>],
    policy: &Policy,
) -> Result<Ended> {
    let Sources { process, reporter, .. } = sources;
    // clap lets nothing else through without a file.
    let Some((source, _)) = source(args, &process.dir)? else { return Ok(Ended::Exit(status::USAGE)) };
    let written = args.rootfs.as_ref().map(|folder| folder.to_string_lossy().into_owned());
    let written = written.or_else(|| args.image.clone()).unwrap_or_default();
    let opened = real::open(sources, &source, None, typed, &process.dir)?;
    let whole = Whole { written: &written, typed, every_file: args.every_file, policy, reporter };
    Ok(ended(whole.judge(&opened)?, reporter))
}

fn ended(accepted: bool, reporter: &dyn Reporter) -> Ended {
    let status = if accepted { status::ACCEPTED } else { status::REJECTED };
    reporter.event(&Event::Finished(status));
    Ended::Exit(status)
}

/// What to read instead of a target, and the flag that says so.
fn source(args: &VerifyArgs, dir: &Path) -> Result<Option<(Transport, &'static str)>> {
    Ok(match (&args.rootfs, &args.image) {
        (Some(folder), _) => Some((Transport::Folder(folder.clone()), "--rootfs")),
        (None, Some(image)) => Some((Transport::parse(image, dir)?, "--image")),
        (None, None) => None,
    })
}

/// Judges, says the verdict, and gives whether it was accepted.
fn ask(
    file: &Finished,
    target: &Target,
    platform: &Sourced<Platform>,
    policy: &Policy,
    reporter: &dyn Reporter,
) -> bool {
    let image = &target.image;
    let verdict = file.judge(Some(image), &platform.value, policy);
    let accepted = verdict.accepted();
    let binary = &file.reading.binary;
    let kind = if accepted { prove::kind_for(binary, image) } else { prove::kind(binary) };
    reporter.event(&Event::Verdict(&Judged {
        file: &file.path.to_string_lossy(),
        target: Some(&target.name),
        image: Some(&image.name),
        platform: &platform.value,
        findings: &Shown::all(&verdict.findings),
        asked: Asked::Verify {
            kind: &kind,
            platform_from: match &platform.origin {
                Origin::Because(why) => Some(why),
                _ => None,
            },
        },
    }));
    accepted
}
