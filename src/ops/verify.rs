//! `gobuild verify`: files that something else built, held against an image, or against every known one.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::{Common, Process};
use crate::diagnostics::Policy;
use crate::error::{Result, status};
use crate::origin::{Origin, Sourced};
use crate::plan::platforms;
use crate::platform::Platform;
use crate::report::json_verdict::{self, Judged};
use crate::report::shell::Shell;
use crate::report::{self, json::VERSION};
use crate::source::Transport;

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
    /// Another source of an image, instead, as [`Transport::parse`] takes it.
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
pub fn run(process: &Process, common: &Common, options: &Options<'_>, shell: &Shell) -> Result<Ended> {
    let (config, config_dir) = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.as_ref())?;
    let typed = typed_platforms(options.platforms)?;
    let sources =
        Sources { process, config: config.as_ref(), config_dir: &config_dir, dir: &process.dir, shell };
    if options.files.is_empty() {
        return whole(sources, options, &typed, &policy);
    }
    let wanted = match options.source(&process.dir)? {
        Some((source, flag)) => {
            let real = real::images(real::open(sources, &source, None, &typed, &process.dir)?);
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
            if shell.is_json() {
                shell.json(&report::every_image::json(&table));
            } else if options.markdown {
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
    options: &Options<'_>,
    typed: &[Sourced<Platform>],
    policy: &Policy,
) -> Result<Ended> {
    let Sources { process, shell, .. } = sources;
    // clap lets nothing else through without a file.
    let Some((source, _)) = options.source(&process.dir)? else { return Ok(Ended::Exit(status::USAGE)) };
    let written = options.rootfs.map(|folder| folder.to_string_lossy().into_owned());
    let written = written.or_else(|| options.image.map(str::to_owned)).unwrap_or_default();
    let opened = real::open(sources, &source, None, typed, &process.dir)?;
    let whole = Whole { written: &written, typed, every_file: options.every_file, policy, shell };
    Ok(ended(whole.judge(&opened)?, shell))
}

fn ended(accepted: bool, shell: &Shell) -> Ended {
    let status = if accepted { status::ACCEPTED } else { status::REJECTED };
    if shell.is_json() {
        shell.json(&json!({ "reason": "finished", "version": VERSION, "status": status }));
    }
    Ended::Exit(status)
}

impl Options<'_> {
    /// What to read instead of a target, and the flag that says so.
    fn source(&self, dir: &Path) -> Result<Option<(Transport, &'static str)>> {
        Ok(match (self.rootfs, self.image) {
            (Some(folder), _) => Some((Transport::Folder(folder.to_owned()), "--rootfs")),
            (None, Some(image)) => Some((Transport::parse(image, dir)?, "--image")),
            (None, None) => None,
        })
    }
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
