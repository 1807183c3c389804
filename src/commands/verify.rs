//! `gobuild verify`: files that something else built, held against an image.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::binary::{Binary, Format};
use crate::checks::{self, Build, Policy};
use crate::cli::{Common, Process};
use crate::config::origin::{Origin, Sourced};
use crate::error::{Error, Result, status};
use crate::host::file::OpenFile;
use crate::host::rootfs::Place;
use crate::image::{Fact, Image};
use crate::plan::platforms;
use crate::platform::Platform;
use crate::report::json_verdict::{self, Judged};
use crate::report::shell::Shell;
use crate::report::{self, json::VERSION};

use super::build::jobs;
use super::prove::{self, Against};
use super::targets::{self, Sources, Target};
use super::{Ended, real, session};

/// What was asked.
pub(super) struct Asked<'a> {
    pub(super) files: &'a [PathBuf],
    pub(super) targets: &'a [String],
    pub(super) rootfs: Option<&'a Path>,
    pub(super) image: Option<&'a str>,
    pub(super) platforms: &'a [String],
}

pub(super) fn run(process: &Process, common: &Common, asked: &Asked<'_>, shell: &Shell) -> Result<Ended> {
    let (config, config_dir) = session::config(process, common, &process.dir)?;
    let policy = session::policy(common, config.as_ref())?;
    let typed = jobs::typed_platforms(asked.platforms)?;
    let sources =
        Sources { process, config: config.as_ref(), config_dir: &config_dir, dir: &process.dir, shell };
    let wanted = match asked.place(&process.dir) {
        Some((place, flag)) => {
            let real = real::images(real::open(sources, &place, None, &typed, &process.dir)?);
            let name = real.first().map(|image| image.name.clone()).unwrap_or_default();
            vec![Target::read(&name, real, Origin::CommandLine(flag.to_owned()))?]
        }
        None => targets::wanted(sources, asked.targets)?,
    };
    let mut rejected = false;
    for path in asked.files {
        let file = OpenFile::open(&process.dir.join(path)).map_err(|error| named(error, path))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        let binary = prove::read(name, &file)?;
        let question =
            Question { path, name, binary: &binary, mode: Some(file.mode()), policy: &policy, shell };
        if wanted.is_empty() {
            for platform in &question.platforms(&typed, None) {
                rejected |= !question.ask(None, platform);
            }
        }
        for target in &wanted {
            for platform in &question.platforms(&typed, Some(target)) {
                platforms::belongs(platform, &target.image)?;
                rejected |= !question.ask(Some(&target.on(&platform.value)?), platform);
            }
        }
    }
    let ended = if rejected { status::REJECTED } else { status::ACCEPTED };
    if shell.is_json() {
        shell.json(&json!({ "reason": "finished", "version": VERSION, "status": ended }));
    }
    Ok(Ended::Exit(ended))
}

impl Asked<'_> {
    /// What to read instead of a target, and the flag that says so.
    fn place(&self, dir: &Path) -> Option<(Place, &'static str)> {
        let folder = self.rootfs.map(|folder| (Place::Folder(folder.to_owned()), "--rootfs"));
        folder.or_else(|| Some((Place::of(self.image?, dir), "--image")))
    }
}

/// The path as it was typed, which is how the user knows the file.
fn named(error: Error, path: &Path) -> Error {
    let reason =
        error.message.rsplit_once(": ").map_or(error.message.clone(), |(_, reason)| reason.to_owned());
    Error { message: format!("cannot read {}: {reason}", path.display()), ..error }
}

/// One file.
struct Question<'a> {
    path: &'a Path,
    name: &'a OsStr,
    binary: &'a Binary,
    mode: Option<u32>,
    policy: &'a Policy,
    shell: &'a Shell,
}

impl Question<'_> {
    /// The platforms to judge for: typed, else those listed that have the file's architecture (all of
    /// them where none has), else the file's own.
    fn platforms(&self, typed: &[Sourced<Platform>], target: Option<&Target>) -> Vec<Sourced<Platform>> {
        if !typed.is_empty() {
            return typed.to_vec();
        }
        let own = checks::arch_of(self.binary);
        let listed = target.map(|target| &target.listed[..]).unwrap_or_default();
        if !listed.is_empty() {
            let same: Vec<_> =
                listed.iter().filter(|platform| own == Some(&platform.value.arch)).cloned().collect();
            return if same.is_empty() { listed.to_vec() } else { same };
        }
        let os = match target.map(|target| &target.image.os) {
            Some(Fact::Known(os)) => os.as_str(),
            Some(Fact::Unknown) => "linux",
            None => self.own_system(),
        };
        // What has no architecture is rejected for every platform; any will do to say so.
        let (arch, origin) = match own {
            Some(arch) => (arch, Origin::Because("the file's own architecture".to_owned())),
            None => ("amd64", Origin::Default),
        };
        vec![Sourced::new(Platform { os: os.to_owned(), arch: arch.to_owned(), variant: None }, origin)]
    }

    fn own_system(&self) -> &str {
        match (&self.binary.format, self.binary.build_info().and_then(|info| info.setting("GOOS"))) {
            (_, Some(system)) => system,
            (Format::Pe { .. }, None) => "windows",
            (Format::MachO { .. }, None) => "darwin",
            _ => "linux",
        }
    }

    /// Judges, says the verdict, and gives whether it was accepted.
    fn ask(&self, target: Option<&Target>, platform: &Sourced<Platform>) -> bool {
        let image: Option<&Image> = target.map(|target| &target.image);
        let build = Build::default();
        let against = Against { image, platform: &platform.value, build: &build, policy: self.policy };
        let verdict = prove::judge(self.name, self.binary, self.mode, against);
        let accepted = verdict.accepted();
        let shown = self.path.to_string_lossy();
        if self.shell.is_json() {
            self.shell.json(&json_verdict::value(&Judged {
                file: &shown,
                target: target.map(|target| target.name.as_str()),
                image: image.map(|image| image.name.as_str()),
                platform: &platform.value,
                verdict: &verdict,
            }));
            return accepted;
        }
        let rendered: String = verdict.findings.iter().map(report::finding::render).collect();
        self.shell.rendered(&rendered);
        let place = image.map_or_else(
            || platform.value.to_string(),
            |image| format!("{} on {}", image.name, platform.value),
        );
        let from = match &platform.origin {
            Origin::Because(why) => format!(" ({why})"),
            _ => String::new(),
        };
        let kind = prove::kind(self.binary);
        let word = if accepted { "accepted" } else { "rejected" };
        let mut line = format!("{shown}: {word} for {place}{from}: {kind}");
        if image.is_none() && accepted {
            line = format!("{line}; {}", prove::where_it_runs(self.binary, &platform.value, &build));
        }
        self.shell.result(&format!("{line}\n"));
        accepted
    }
}
