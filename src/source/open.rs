//! From a source that was named to trees and facts.

use std::path::Path;

use super::archive::Archive;
use super::choose::Wanted;
use super::engine::Saved;
use super::folder::Folder;
use super::image_source::{ImageSource, Offered};
use super::limits::Limits;
use super::tally::Tally;
use super::transport::Transport;
use super::{assemble, choose};
use crate::cli::Env;
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::image::read::{self, Known, Reading, Tree};

/// One image with its files.
pub struct Opened {
    /// Its facts, and what could not be read.
    pub reading: Reading,
    /// Digest of its manifest, of its configuration where there is no manifest, or the one that a registry
    /// has it under.
    pub digest: Option<String>,
    /// Its files.
    pub tree: Box<dyn Tree>,
}

/// Reads what a source has. `env` is for engines; relative paths start at `dir`.
///
/// # Errors
/// It cannot be read, has nothing of what is wanted, or more than the limits allow.
pub fn open(transport: &Transport, wanted: &Wanted<'_>, env: &Env, dir: &Path) -> Result<Vec<Opened>> {
    let tally = Tally::new(&Limits::default());
    let (source, named) = connect(transport, wanted, env, dir, &tally)?;
    let mut opened = Vec::new();
    for image in choose::images(&*source, wanted, named)? {
        opened.push(read_image(&*source, image, &tally)?);
    }
    // One platform, one digest: of several, the registry's is that of the index.
    if let ([only], Some(digest)) = (&mut opened[..], source.digest()) {
        only.digest = Some(digest.to_owned());
    }
    Ok(opened)
}

/// The source of a transport, and the name by which the transport itself chooses an image of it. This is the
/// one place that knows every kind.
fn connect<'a>(
    transport: &'a Transport,
    wanted: &Wanted<'_>,
    env: &Env,
    dir: &Path,
    tally: &Tally,
) -> Result<(Box<dyn ImageSource>, Option<&'a str>)> {
    Ok(match transport {
        Transport::Folder(path) => (Box::new(Folder::new(path, dir)), None),
        Transport::Archive(path, named) => {
            let file = OpenFile::open_as(&dir.join(path), path)?;
            (Box::new(Archive::open(file, &path.display().to_string(), tally)?), named.as_deref())
        }
        Transport::Layout(path, named) => {
            let layout = Archive::layout(&dir.join(path), &path.display().to_string(), tally)?;
            (Box::new(layout), named.as_deref())
        }
        Transport::Engine(reference) => {
            let one = if let [only] = wanted.platforms[..] { Some(only) } else { None };
            (Box::new(Saved::of(reference, one, env, dir, tally)?), None)
        }
    })
}

/// Reads one image of a source: its files, and what they say.
///
/// # Errors
/// It cannot be read, or has more than the limits allow.
pub fn read_image(source: &dyn ImageSource, image: &Offered, tally: &Tally) -> Result<Opened> {
    let (tree, mut notes) = assemble::tree(source, image, tally)?;
    let digest = image.digest.as_ref().map(|digest| format!(", {digest}")).unwrap_or_default();
    let from = format!("{}{digest}", source.shown());
    let name = source.reference().or(image.names.first().map(String::as_str));
    let name = name.unwrap_or_else(|| source.shown()).to_owned();
    let run = source.config(image)?;
    let known = Known { name, from: from.clone(), platform: image.platform.clone(), run };
    let reading = read::read_within(&*tree, known, tally.memory());
    let mut reading =
        reading.map_err(|error| Error::new(format!("cannot read {from}: {}", io_reason(&error))))?;
    notes.extend_from_slice(source.notes());
    reading.notes.splice(0..0, notes);
    Ok(Opened { reading, digest: image.digest.clone(), tree })
}
