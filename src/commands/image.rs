//! `gobuild image`: what images offer.

use crate::cli::{Common, Process};
use crate::config::origin::{Origin, Sourced};
use crate::error::Result;
use crate::image::{self, Image};
use crate::report;
use crate::report::shell::Shell;

use super::{session, targets};

pub(super) fn list(shell: &Shell) {
    let images: Vec<Image> = image::all().collect();
    if shell.is_json() {
        for image in &images {
            shell.json(&report::image::json(image));
        }
    } else {
        shell.result(&report::image::list(&images));
    }
}

pub(super) fn show(process: &Process, common: &Common, written: &str, shell: &Shell) -> Result<()> {
    // gobuild.toml may describe the image, or name it: `gobuild image show prod`.
    let (config, _) = session::config(process, common, &process.dir)?;
    let target = config
        .as_ref()
        .and_then(|config| config.targets.get(written))
        .and_then(|target| target.image.clone());
    let word =
        target.unwrap_or_else(|| Sourced::new(written.to_owned(), Origin::CommandLine("IMAGE".to_owned())));
    let image = targets::resolve(config.as_ref(), &word)?;
    if shell.is_json() {
        shell.json(&report::image::json(&image));
    } else {
        shell.result(&report::image::show(&image));
    }
    Ok(())
}
