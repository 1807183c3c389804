//! `gobuild image`: what images offer.

use crate::cli::{Common, InspectArgs, PinArgs, Process};
use crate::config::lock::Pin;
use crate::error::{Error, Result};
use crate::host::lock_file;
use crate::image::{self, Image, Reference};
use crate::origin::{Origin, Sourced};
use crate::report::{Event, Reporter};
use crate::source::Place;

use super::build::jobs::typed_platforms;
use super::sources::Sources;
use super::targets::{self, Resolved};
use super::{real, session};

/// Lists every image of the catalogue.
pub fn list(reporter: &dyn Reporter) {
    let images: Vec<Image> = image::all().collect();
    reporter.event(&Event::Images(&images));
}

/// Says what is known of an image.
///
/// # Errors
/// The image cannot be found or read, or a word is none of a platform.
pub fn show(process: &Process, common: &Common, written: &str, reporter: &dyn Reporter) -> Result<()> {
    // gobuild.toml may describe the image, or name it: `gobuild image show prod`.
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, reporter);
    let target =
        sources.config.and_then(|config| config.targets.get(written)).and_then(|target| target.image.clone());
    let word =
        target.unwrap_or_else(|| Sourced::new(written.to_owned(), Origin::CommandLine("IMAGE".to_owned())));
    let Resolved { image, real } = targets::described(sources, &word)?;
    if real.is_empty() {
        reporter.event(&Event::Image(&image));
    }
    for image in &real {
        reporter.event(&Event::Image(image));
    }
    Ok(())
}

/// Reads a real image, and says what it offers.
///
/// # Errors
/// The image cannot be found or read, or a word is none of a platform.
pub fn inspect(
    process: &Process,
    common: &Common,
    args: &InspectArgs,
    reporter: &dyn Reporter,
) -> Result<()> {
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, reporter);
    let place = Place::of(&args.what, &process.dir);
    for opened in real::open(sources, &place, None, &typed_platforms(&args.platforms)?, &process.dir)? {
        let image = &opened.reading.image;
        reporter.event(&Event::Inspected { image, digest: opened.digest.as_deref(), pinned: false });
    }
    Ok(())
}

/// Reads a real image, and keeps its facts in gobuild.lock.
///
/// # Errors
/// The image cannot be found or read, or a word is none of a platform.
pub fn pin(process: &Process, common: &Common, args: &PinArgs, reporter: &dyn Reporter) -> Result<()> {
    let PinArgs { image: written, from, platforms } = args;
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, reporter);
    written.parse::<Reference>().map_err(|error| Error::new(error.to_string()))?;
    let place = from
        .as_deref()
        .map_or_else(|| Place::Engine(written.to_owned()), |from| Place::of(from, &process.dir));
    let opened = real::open(sources, &place, Some(written), &typed_platforms(platforms)?, &process.dir)?;
    let mut lock = lock_file::read(sources.config_dir)?.unwrap_or_default();
    for opened in opened {
        let image = &opened.reading.image;
        let pin = Pin::of(written, image, opened.digest);
        let pin = pin.ok_or_else(|| {
            Error::new(format!("{written} has no Linux root file system, and nothing else can be pinned"))
        })?;
        let platform = pin.platform.as_ref().map_or_else(|| "any platform".to_owned(), ToString::to_string);
        let digest = pin.digest.as_deref().unwrap_or("without a digest");
        reporter.status("Pinned", &format!("{written} for {platform}, {digest}"));
        let image = &pin.image(written);
        reporter.event(&Event::Inspected { image, digest: pin.digest.as_deref(), pinned: true });
        lock.put(pin);
    }
    lock_file::write(sources.config_dir, &lock)
}
