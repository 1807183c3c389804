//! One image of a source as a tree: its layers laid over each other, each read once and held against its digest.

use std::collections::BTreeMap;
use std::io;

use super::bytes::{Bounded, Meter};
use super::image_source::{Contents, ImageSource, Layer, Offered};
use super::journal::Journal;
use super::layers::Layers;
use super::tally::Tally;
use super::unpack::unpack;
use crate::error::{Error, Result, io_reason};
use crate::image::read::Tree;

/// The files of an image, with what of them could not be read, in words.
pub(super) fn tree(
    source: &dyn ImageSource,
    image: &Offered,
    tally: &Tally,
) -> Result<(Box<dyn Tree>, Vec<String>)> {
    let list = match source.contents(image, tally)? {
        Contents::Root(tree, notes) => return Ok((tree, notes)),
        Contents::Layers(list) => list,
    };
    let no_room = |error: io::Error| Error::io("write to", &std::env::temp_dir(), &error);
    let mut layers = Layers::new(tally).map_err(no_room)?;
    // Nothing here knows the inside of another system.
    if image.platform.as_ref().is_some_and(|platform| platform.os != "linux") {
        return Ok((Box::new(layers), Vec::new()));
    }
    // Layers that come again: what is hidden in between has to come back, so none of them can be left out.
    let mut journals: BTreeMap<&str, Option<Journal>> = BTreeMap::new();
    for (number, layer) in list.iter().enumerate() {
        let wrong = |words: String| {
            // A root file system's archive is no layer of anything.
            let which = image.digest.as_ref().map(|_| format!("layer {}: ", number + 1));
            Error::new(format!("cannot read {}: {}{words}", source.shown(), which.unwrap_or_default()))
        };
        if let Some(Some(journal)) = journals.get(layer.name.as_str()) {
            layers.lay_again(journal).map_err(|trouble| wrong(trouble.words()))?;
            continue;
        }
        let comes_again = list[number + 1..].iter().any(|other| other.name == layer.name);
        let mut journal = if comes_again { Some(Journal::new().map_err(no_room)?) } else { None };
        lay(&mut layers, source, layer, journal.as_mut(), tally).map_err(wrong)?;
        if let Some(journal) = &mut journal {
            journal.finish().map_err(no_room)?;
        }
        journals.insert(&layer.name, journal);
    }
    Ok((Box::new(layers), Vec::new()))
}

/// Lays one packed layer, and reads it to its last byte.
fn lay(
    layers: &mut Layers,
    source: &dyn ImageSource,
    layer: &Layer,
    journal: Option<&mut Journal>,
    tally: &Tally,
) -> std::result::Result<(), String> {
    let said = |error: io::Error| io_reason(&error);
    let meter = Meter::default();
    let mut packed = meter.on(source.layer(layer).map_err(said)?);
    let unpacked = unpack(&mut packed, tally.limits().window).map_err(said)?;
    let unpacked = Bounded::new(unpacked, meter.clone(), tally.is_new(&layer.name), tally);
    layers.lay(unpacked, journal).map_err(|trouble| trouble.words())?;
    // What stands behind the packed stream belongs to the blob and its digest.
    io::copy(&mut packed, &mut io::sink()).map_err(said)?;
    tally.read(&layer.name, meter.count());
    let found = format!("sha256:{}", meter.digest());
    match &layer.digest {
        Some(digest) if *digest != found => Err(format!("is damaged: its digest is {found}")),
        _ => Ok(()),
    }
}
