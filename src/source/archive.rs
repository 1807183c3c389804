//! An archive of images, or the folder of an OCI layout, as a source.

use std::io;
use std::path::Path;

use super::bytes::Positional;
use super::container::Container;
use super::documents::{self, Image};
use super::image_source::{Contents, ImageSource, Layer, Offered};
use super::limits::Limits;
use super::tally::Tally;
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::image::RunConfig;

/// An opened archive.
pub struct Archive {
    container: Container,
    shown: String,
    limits: Limits,
    offered: Vec<Offered>,
    /// The rest of what the documents say of each; empty where the archive is a root file system's.
    images: Vec<Image>,
    notes: Vec<String>,
}

/// Whether a folder is an OCI layout and not a root file system.
pub fn is_layout(path: &Path) -> bool {
    path.join("oci-layout").is_file() && path.join("index.json").is_file()
}

impl Archive {
    /// Opens the folder of an OCI layout. `shown` is how messages name it.
    ///
    /// # Errors
    /// It is none, or cannot be read.
    pub fn layout(path: &Path, shown: &str, tally: &Tally) -> Result<Self> {
        if path.is_dir() && !is_layout(path) {
            return Err(Error::new(format!("cannot read {shown}: it is no OCI layout"))
                .detail("  oci-layout and index.json are not in it"));
        }
        Self::of(Container::folder(path, Path::new(shown), tally)?, shown, tally)
    }

    /// Opens an archive. One without documents of an image is taken for a root file system, as
    /// `docker export` writes it.
    ///
    /// # Errors
    /// It cannot be read, or its documents are damaged.
    pub fn open(file: OpenFile, shown: &str, tally: &Tally) -> Result<Self> {
        let container = Container::archive(file, tally);
        let container =
            container.map_err(|error| Error::new(format!("cannot read {shown}: {}", io_reason(&error))))?;
        Self::of(container, shown, tally)
    }

    fn of(mut container: Container, shown: &str, tally: &Tally) -> Result<Self> {
        let (mut offered, mut images, mut notes) = (vec![Offered::default()], Vec::new(), Vec::new());
        if container.has("index.json") || container.has("manifest.json") {
            let found = documents::read(&container, tally.limits());
            let found = found.map_err(|words| Error::new(format!("cannot read {shown}: {words}")))?;
            (offered, images) = found.images.into_iter().unzip();
            notes = found.notes;
        }
        if offered.is_empty() {
            let mut error = Error::new(format!("cannot read {shown}: there is no image in it"));
            error.detail = notes.iter().map(|note| format!("  {note}")).collect();
            return Err(error);
        }
        container.keep(images.iter().flat_map(Image::names), tally.memory());
        let (shown, limits) = (shown.to_owned(), tally.limits().clone());
        Ok(Self { container, shown, limits, offered, images, notes })
    }

    /// What the documents say of an image; none of a root file system.
    fn image(&self, offered: &Offered) -> Option<&Image> {
        let at = self.offered.iter().position(|own| own.digest == offered.digest)?;
        self.images.get(at)
    }
}

impl ImageSource for Archive {
    fn shown(&self) -> &str {
        &self.shown
    }

    fn offered(&self) -> &[Offered] {
        &self.offered
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn config(&self, image: &Offered) -> Result<Option<RunConfig>> {
        let Some(image) = self.image(image) else { return Ok(None) };
        let config = documents::config(&self.container, image, &self.limits);
        config.map(Some).map_err(|words| Error::new(format!("cannot read {}: {words}", self.shown)))
    }

    fn contents(&self, image: &Offered, _: &Tally) -> Result<Contents> {
        Ok(Contents::Layers(match self.image(image) {
            Some(image) => image.layers.clone(),
            // The archive itself.
            None => vec![Layer::default()],
        }))
    }

    fn layer(&self, layer: &Layer) -> io::Result<Box<dyn io::Read + '_>> {
        match self.container.file().filter(|_| layer.name.is_empty()) {
            Some(file) => Ok(Box::new(Positional::new(file))),
            None => Ok(Box::new(Positional::new(self.container.open(&layer.name)?))),
        }
    }
}
