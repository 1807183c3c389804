//! `gobuild verify --image X` without a file: what the image itself starts, judged file by file.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use crate::checks::verdict::of_start;
use crate::checks::{Build, Verdict};
use crate::diagnostics::Policy;
use crate::error::{Error, Result};
use crate::image::start::{self, Content, Found, Start, Step, programs};
use crate::image::{Fact, Image};
use crate::origin::Sourced;
use crate::platform::Platform;
use crate::report::event::{Asked, Judged};
use crate::report::shown::Shown;
use crate::report::{self, Event, Reporter};
use crate::source::Opened;

use super::prove::{self, Against};
use super::reading::Reading;

/// How to judge.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    /// As the image was typed.
    pub(super) written: &'a str,
    /// Platforms that were typed.
    pub(super) typed: &'a [Sourced<Platform>],
    pub(super) every_file: bool,
    pub(super) policy: &'a Policy,
    pub(super) reporter: &'a dyn Reporter,
}

/// One image on one platform.
struct One<'a> {
    whole: Whole<'a>,
    opened: &'a Opened,
    image: &'a Image,
    platform: Platform,
}

impl Whole<'_> {
    /// Judges every image; whether all of them were accepted.
    pub(super) fn judge(self, images: &[Opened]) -> Result<bool> {
        let mut accepted = true;
        for opened in images {
            let image = &opened.reading.image;
            for platform in self.platforms(image)? {
                accepted &= One { whole: self, opened, image, platform }.judge()?;
            }
        }
        Ok(accepted)
    }

    /// The platforms of one image that are asked about: a variant that was typed is a promise about the machine.
    fn platforms(self, image: &Image) -> Result<Vec<Platform>> {
        let own = match image.platforms.as_ref() {
            Fact::Known(platforms) => platforms.as_slice(),
            Fact::Unknown => &[],
        };
        let typed = self.typed.iter().map(|platform| platform.value.clone());
        let typed: Vec<Platform> =
            typed.filter(|one| own.is_empty() || own.iter().any(|own| own.base() == one.base())).collect();
        match (typed.is_empty(), own) {
            (false, _) => Ok(typed),
            (true, []) => Err(Error::new(format!("nothing says which platform {} is for", image.name))
                .help("name it: --platform linux/amd64")),
            (true, own) => Ok(own.to_vec()),
        }
    }
}

impl One<'_> {
    fn judge(&self) -> Result<bool> {
        let Whole { every_file, reporter, written, .. } = self.whole;
        let name = &self.image.name;
        if self.platform.os != "linux" {
            return Err(Error::new(format!("what {name} starts on {} cannot be followed", self.platform))
                .detail("  only images of Linux are read")
                .help(format!("judge a single file: gobuild verify FILE --image {written}")));
        }
        let start = self.image.run.as_ref().and_then(|run| start::start(&*self.opened.tree, run));
        if start.is_none() && !every_file {
            let why = match self.image.run {
                Some(_) => "its configuration has neither an entry point nor a command",
                None => "it is a root file system without an image's configuration",
            };
            return Err(Error::new(format!("{name} names nothing to start"))
                .detail(format!("  {why}"))
                .help(format!("name the file to judge: gobuild verify FILE --image {written}"))
                .help("or judge every program in it: --every-file"));
        }
        let mut done = BTreeSet::new();
        let mut accepted = true;
        if let Some(start) = &start {
            self.say(start);
            for step in &start.steps {
                accepted &= self.step(step, &mut done)?;
            }
            if let Some(reason) = &start.open {
                reporter.note(&report::start::open(name, reason, every_file));
            }
        }
        if every_file {
            accepted &= self.others(&done)?;
        }
        Ok(accepted)
    }

    fn say(&self, start: &Start) {
        self.whole.reporter.event(&Event::Start { image: &self.image.name, platform: &self.platform, start });
    }

    /// One file of the start. A program that was judged before is not judged again.
    fn step(&self, step: &Step, done: &mut BTreeSet<String>) -> Result<bool> {
        let name = report::start::name(step);
        let Found::File { real, content: Content::Program, .. } = &step.found else {
            let verdict = of_start(step, self.image, &self.platform, self.whole.policy);
            return Ok(self.verdict(&name, &report::start::kind(step), &verdict));
        };
        if !done.insert(real.clone()) && step.stranger.is_none() {
            return Ok(true);
        }
        self.program(&name, real, Some(step), None)
    }

    /// Every other program of the image that is not its distribution's.
    fn others(&self, done: &BTreeSet<String>) -> Result<bool> {
        let mut accepted = true;
        for other in programs::all(&*self.opened.tree) {
            if !done.contains(&other.path) {
                accepted &= self.program(&other.path, &other.path, None, Some(other.mode))?;
            }
        }
        Ok(accepted)
    }

    fn program(&self, name: &str, real: &str, step: Option<&Step>, mode: Option<u32>) -> Result<bool> {
        let unread = |error: std::io::Error| Error::io("read", name.as_ref(), &error);
        let reading = Reading::of(OsStr::new(name), &*self.opened.tree.open(real).map_err(unread)?)?;
        let build = Build::default();
        let against = Against {
            image: Some(self.image),
            platform: &self.platform,
            build: &build,
            policy: self.whole.policy,
            place: Some(real),
            start: step,
            thorough: true,
        };
        let verdict = prove::judge(OsStr::new(name), &reading, mode, against);
        Ok(self.verdict(name, &prove::kind(&reading.binary), &verdict))
    }

    /// Says a verdict, and gives whether it was accepted.
    fn verdict(&self, file: &str, kind: &str, verdict: &Verdict) -> bool {
        let Whole { reporter, written, .. } = self.whole;
        reporter.event(&Event::Verdict(&Judged {
            file,
            target: Some(written),
            image: Some(&self.image.name),
            platform: &self.platform,
            findings: &Shown::all(&verdict.findings),
            asked: Asked::Verify { kind, platform_from: None },
        }));
        verdict.accepted()
    }
}
