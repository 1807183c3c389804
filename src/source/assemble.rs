//! One image of a source as a tree: its layers laid over each other, each held against its digest.

use std::cell::Cell;
use std::io;

use super::bytes::{Bounded, Meter};
use super::image_source::{Contents, ImageSource, Layer, Offered};
use super::layers::{Layers, Trouble};
use super::limits::Limits;
use super::unpack::unpack;
use crate::error::{Error, Result, io_reason};
use crate::image::read::Tree;

/// The files of an image, with what of them could not be read, in words.
pub(super) fn tree(
    source: &dyn ImageSource,
    image: &Offered,
    limits: &Limits,
) -> Result<(Box<dyn Tree>, Vec<String>)> {
    let list = match source.contents(image)? {
        Contents::Root(tree, notes) => return Ok((tree, notes)),
        Contents::Layers(list) => list,
    };
    let mut layers =
        Layers::new(limits).map_err(|error| Error::io("write to", &std::env::temp_dir(), &error))?;
    // Nothing here knows the inside of another system.
    let foreign = image.platform.as_ref().is_some_and(|platform| platform.os != "linux");
    let total = Cell::new(0);
    for (number, layer) in list.iter().enumerate().filter(|_| !foreign) {
        lay(&mut layers, source, layer, &total, limits).map_err(|words| {
            // A root file system's archive is no layer of anything.
            let which = image.digest.as_ref().map(|_| format!("layer {}: ", number + 1));
            Error::new(format!("cannot read {}: {}{words}", source.shown(), which.unwrap_or_default()))
        })?;
    }
    Ok((Box::new(layers), Vec::new()))
}

/// Lays one packed layer, and reads it to its last byte.
fn lay(
    layers: &mut Layers,
    source: &dyn ImageSource,
    layer: &Layer,
    total: &Cell<u64>,
    limits: &Limits,
) -> std::result::Result<(), String> {
    let said = |error: io::Error| io_reason(&error);
    let meter = Meter::default();
    let mut packed = meter.on(source.layer(layer).map_err(said)?);
    let unpacked = Bounded::new(unpack(&mut packed).map_err(said)?, meter.clone(), total, limits);
    layers.lay(unpacked).map_err(|trouble| match trouble {
        Trouble::Io(error) => io_reason(&error),
        Trouble::Layer(words) => words,
    })?;
    // What stands behind the packed stream belongs to the blob and its digest.
    io::copy(&mut packed, &mut io::sink()).map_err(said)?;
    let found = format!("sha256:{}", meter.digest());
    match &layer.digest {
        Some(digest) if *digest != found => Err(format!("is damaged: its digest is {found}")),
        _ => Ok(()),
    }
}
