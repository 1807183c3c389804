//! An archive or a layout opened: what is in it, and one image of it as a tree.

use std::cell::Cell;
use std::io;
use std::path::Path;

use super::bytes::{Bounded, Meter, Positional};
use super::container::Container;
use super::documents::{self, Choice};
use super::layers::{Layers, Trouble};
use super::limits::Limits;
use super::unpack::unpack;
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::image::read::Known;

/// An opened archive.
pub struct Archive {
    container: Container,
    /// The archive as messages name it.
    shown: String,
    limits: Limits,
    choices: Vec<Choice>,
    notes: Vec<String>,
}

/// Whether a folder is an OCI layout and not a root file system.
pub fn is_layout(path: &Path) -> bool {
    path.join("oci-layout").is_file() && path.join("index.json").is_file()
}

impl Archive {
    /// Opens the folder of an OCI layout. `shown` is how messages name it.
    pub fn layout(path: &Path, shown: &str, limits: &Limits) -> Result<Self> {
        Self::of(Container::folder(path, limits)?, shown, limits)
    }

    /// Opens an archive. One without documents of an image is taken for a root file system, as
    /// `docker export` writes it.
    pub fn open(file: OpenFile, shown: &str, limits: &Limits) -> Result<Self> {
        let container = Container::archive(file, limits);
        let container =
            container.map_err(|error| Error::new(format!("cannot read {shown}: {}", io_reason(&error))))?;
        Self::of(container, shown, limits)
    }

    fn of(container: Container, shown: &str, limits: &Limits) -> Result<Self> {
        let has_documents = container.has("index.json") || container.has("manifest.json");
        let (choices, notes) = if has_documents {
            let found = documents::choices(&container, limits);
            found.map_err(|words| Error::new(format!("cannot read {shown}: {words}")))?
        } else {
            let run = crate::image::RunConfig::default();
            let bare = Choice { names: Vec::new(), digest: None, platform: None, run, layers: Vec::new() };
            (vec![bare], Vec::new())
        };
        if choices.is_empty() {
            let mut error = Error::new(format!("cannot read {shown}: there is no image in it"));
            error.detail = notes.iter().map(|note| format!("  {note}")).collect();
            return Err(error);
        }
        Ok(Self { container, shown: shown.to_owned(), limits: limits.clone(), choices, notes })
    }

    /// The images in it.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The archive as messages name it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What was passed over.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What is known of an image before its layers are read.
    pub fn known(&self, choice: &Choice) -> Known {
        let name = choice.names.first().cloned().unwrap_or_else(|| self.shown.clone());
        let digest = choice.digest.as_ref().map(|digest| format!(", {digest}")).unwrap_or_default();
        let bare = choice.digest.is_none() && choice.layers.is_empty();
        Known {
            name,
            from: format!("{}{digest}", self.shown),
            platform: choice.platform.clone(),
            run: (!bare).then(|| choice.run.clone()),
        }
    }

    /// Unpacks the layers of an image, lowest first.
    pub fn unpack(&self, choice: &Choice) -> Result<Layers> {
        let failed = |words: String| Error::new(format!("cannot read {}: {words}", self.shown));
        let mut layers = Layers::new(&self.limits)
            .map_err(|error| Error::io("write to", &std::env::temp_dir(), &error))?;
        let total = Cell::new(0);
        if let Some(file) = self.container.file().filter(|_| choice.digest.is_none()) {
            let result = lay(&mut layers, Positional::new(file), &Meter::default(), &total, &self.limits);
            result.map_err(failed)?;
            return Ok(layers);
        }
        if choice.platform.as_ref().is_some_and(|platform| platform.os != "linux") {
            return Ok(layers);
        }
        for (number, name) in choice.layers.iter().enumerate() {
            let place = |words: String| failed(format!("layer {}: {words}", number + 1));
            let file = self.container.open(name).map_err(|error| place(io_reason(&error)))?;
            let meter = Meter::default();
            let result = lay(&mut layers, Positional::new(&*file), &meter, &total, &self.limits);
            result.map_err(place)?;
            if let Some(hex) = name.strip_prefix("blobs/sha256/") {
                documents::matches(&format!("sha256:{hex}"), &meter).map_err(place)?;
            }
        }
        Ok(layers)
    }
}

/// Lays one packed layer, and reads it to its last byte.
fn lay(
    layers: &mut Layers,
    packed: impl io::Read,
    meter: &Meter,
    total: &Cell<u64>,
    limits: &Limits,
) -> std::result::Result<(), String> {
    let mut packed = meter.on(packed);
    let unpacked = unpack(&mut packed).map_err(|error| io_reason(&error))?;
    let unpacked = Bounded::new(unpacked, meter.clone(), total, limits);
    layers.lay(unpacked).map_err(|trouble| match trouble {
        Trouble::Io(error) => io_reason(&error),
        Trouble::Layer(words) => words,
    })?;
    // What stands behind the packed stream belongs to the blob and its digest.
    io::copy(&mut packed, &mut io::sink()).map_err(|error| io_reason(&error))?;
    Ok(())
}
