//! `gobuild image`: what images offer.

use crate::cli::{Common, Process};
use crate::config::lock::Pin;
use crate::error::{Error, Result};
use crate::host::lock_file;
use crate::image::{self, Image, Reference};
use crate::origin::{Origin, Sourced};
use crate::report;
use crate::report::shell::Shell;
use crate::source::Transport;

use super::build::jobs::typed_platforms;
use super::sources::Sources;
use super::targets::{self, Resolved};
use super::{real, session};

/// Lists every image of the catalogue.
pub fn list(shell: &Shell) {
    let images: Vec<Image> = image::all().collect();
    if shell.is_json() {
        for image in &images {
            shell.json(&report::image::json(image));
        }
    } else {
        shell.result(&report::image::list(&images));
    }
}

/// Says what is known of an image.
///
/// # Errors
/// The image cannot be found or read, or a word is none of a platform.
pub fn show(process: &Process, common: &Common, written: &str, shell: &Shell) -> Result<()> {
    // gobuild.toml may describe the image, or name it: `gobuild image show prod`.
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, shell);
    let target =
        sources.config.and_then(|config| config.targets.get(written)).and_then(|target| target.image.clone());
    let word =
        target.unwrap_or_else(|| Sourced::new(written.to_owned(), Origin::CommandLine("IMAGE".to_owned())));
    let Resolved { image, real } = targets::resolve(sources, &word)?;
    if real.is_empty() {
        say(&image, shell);
    }
    for image in &real {
        say(image, shell);
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
    what: &str,
    platforms: &[String],
    shell: &Shell,
) -> Result<()> {
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, shell);
    let source = Transport::parse(what, &process.dir)?;
    for opened in real::open(sources, &source, None, &typed_platforms(platforms)?, &process.dir)? {
        let image = &opened.reading.image;
        if shell.is_json() {
            shell.json(&report::image::inspected(image, opened.digest.as_deref()));
        } else {
            shell.result(&report::image::show(image));
        }
    }
    Ok(())
}

/// Reads a real image, and keeps its facts in gobuild.lock.
///
/// # Errors
/// The image cannot be found or read, or a word is none of a platform.
pub fn pin(
    process: &Process,
    common: &Common,
    (written, from): (&str, Option<&str>),
    platforms: &[String],
    shell: &Shell,
) -> Result<()> {
    let config = session::config(process, common, &process.dir)?;
    let sources = Sources::of(process, &config, shell);
    written.parse::<Reference>().map_err(|error| Error::new(error.to_string()))?;
    let source = match from {
        Some(from) => Transport::parse(from, &process.dir)?,
        None => Transport::Engine(written.to_owned()),
    };
    let opened = real::open(sources, &source, Some(written), &typed_platforms(platforms)?, &process.dir)?;
    let mut lock = lock_file::read(sources.config_dir)?.unwrap_or_default();
    for opened in opened {
        let image = &opened.reading.image;
        let pin = Pin::of(written, image, opened.digest);
        let pin = pin.ok_or_else(|| {
            Error::new(format!("{written} has no Linux root file system, and nothing else can be pinned"))
        })?;
        let platform = pin.platform.as_ref().map_or_else(|| "any platform".to_owned(), ToString::to_string);
        let digest = pin.digest.as_deref().unwrap_or("without a digest");
        shell.status("Pinned", &format!("{written} for {platform}, {digest}"));
        if shell.is_json() {
            shell.json(&report::image::inspected(&pin.image(written), pin.digest.as_deref()));
        }
        lock.put(pin);
    }
    lock_file::write(sources.config_dir, &lock)
}

fn say(image: &Image, shell: &Shell) {
    if shell.is_json() {
        shell.json(&report::image::json(image));
    } else {
        shell.result(&report::image::show(image));
    }
}
