//! `gobuild verify`: files that something else built, held against an image, or against every known one.

use std::path::{Path, PathBuf};

use crate::cli::{Common, Process};
use crate::diagnostics::Policy;
use crate::error::{Result, status};
use crate::origin::{Origin, Sourced};
use crate::plan::platforms;
use crate::platform::Platform;
use crate::report::event::{Asked, Judged};
use crate::report::shown::Shown;
use crate::report::{Event, Reporter};
use crate::source::Place;

use super::build::jobs::typed_platforms;
use super::finished::Finished;
use super::sources::Sources;
use super::target::Target;
use super::targets;
use super::whole::Whole;
use super::{Ended, every_image, prove, real, session};

/// What was typed behind `verify`.
pub struct Options<'a> {
    /// The files; none means the image itself.
    pub files: &'a [PathBuf],
    /// Targets of gobuild.toml, or images.
    pub targets: &'a [String],
    /// A root file system to hold them against.
    pub rootfs: Option<&'a Path>,
    /// An archive, a layout or an image of the local engine, instead.
    pub image: Option<&'a str>,
    /// Platforms, as Docker writes them; none means those of the files.
    pub platforms: &'a [String],
    /// Whether every image of the catalogue is asked.
    pub all: bool,
    /// Of an image: whether every program in it is judged, not only what it starts.
    pub every_file: bool,
    /// Whether the table is Markdown.
    pub markdown: bool,
}

/// Holds finished files, or an image as a whole, against images.
///
/// # Errors
/// A problem before any verdict: usage, configuration, a missing tool, a file system that refuses.
pub fn run(
    process: &Process,
    common: &Common,
    options: &Options<'_>,
    reporter: &dyn Reporter,
) -> Result<Ended> {
    let (config, config_dir) = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.as_ref())?;
    let typed = typed_platforms(options.platforms)?;
    let sources =
        Sources { process, config: config.as_ref(), config_dir: &config_dir, dir: &process.dir, reporter };
    if options.files.is_empty() {
        return whole(sources, options, &typed, &policy);
    }
    let wanted = match options.place(&process.dir) {
        Some((place, flag)) => {
            let real = real::images(real::open(sources, &place, None, &typed, &process.dir)?);
            let name = real.first().map(|image| image.name.clone()).unwrap_or_default();
            vec![Target::read(&name, real, Origin::CommandLine(flag.to_owned()))?]
        }
        None if options.all => Vec::new(),
        None => targets::wanted(sources, options.targets)?,
    };
    let mut rejected = false;
    for path in options.files {
        let file = Finished::open(process, path)?;
        let file = match options.rootfs {
            Some(root) => file.inside(process, root),
            None => file,
        };
        if wanted.is_empty() {
            let table = every_image::table(&file, &typed, &policy);
            reporter.event(&Event::EveryImage { table: &table, markdown: options.markdown });
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
    options: &Options<'_>,
    typed: &[Sourced<Platform>],
    policy: &Policy,
) -> Result<Ended> {
    let Sources { process, reporter, .. } = sources;
    // clap lets nothing else through without a file.
    let Some((place, _)) = options.place(&process.dir) else { return Ok(Ended::Exit(status::USAGE)) };
    let written = options.rootfs.map(|folder| folder.to_string_lossy().into_owned());
    let written = written.or_else(|| options.image.map(str::to_owned)).unwrap_or_default();
    let opened = real::open(sources, &place, None, typed, &process.dir)?;
    let whole = Whole { written: &written, typed, every_file: options.every_file, policy, reporter };
    Ok(ended(whole.judge(&opened)?, reporter))
}

fn ended(accepted: bool, reporter: &dyn Reporter) -> Ended {
    let status = if accepted { status::ACCEPTED } else { status::REJECTED };
    reporter.event(&Event::Finished(status));
    Ended::Exit(status)
}

impl Options<'_> {
    /// What to read instead of a target, and the flag that says so.
    fn place(&self, dir: &Path) -> Option<(Place, &'static str)> {
        let folder = self.rootfs.map(|folder| (Place::Folder(folder.to_owned()), "--rootfs"));
        folder.or_else(|| Some((Place::of(self.image?, dir), "--image")))
    }
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
    reporter.event(&Event::Verdict(&Judged {
        file: &file.path.to_string_lossy(),
        target: Some(&target.name),
        image: Some(&image.name),
        platform: &platform.value,
        findings: &Shown::all(&verdict.findings),
        asked: Asked::Verify {
            kind: &prove::kind(&file.reading.binary),
            platform_from: match &platform.origin {
                Origin::Because(why) => Some(why),
                _ => None,
            },
        },
    }));
    accepted
}
