//! A root file system's folder as a source: one image, without name and configuration.

use std::io;
use std::path::{Path, PathBuf};

use super::directory::Directory;
use super::image_source::{Contents, ImageSource, Layer, Offered};
use super::tally::Tally;
use crate::error::Result;
use crate::image::RunConfig;

/// A folder.
pub(super) struct Folder {
    path: PathBuf,
    typed: PathBuf,
    shown: String,
    offered: [Offered; 1],
}

impl Folder {
    /// The folder at `typed`, from `dir`. It is walked when somebody asks for its files.
    pub(super) fn new(typed: &Path, dir: &Path) -> Self {
        Self {
            path: dir.join(typed),
            typed: typed.to_owned(),
            shown: typed.display().to_string(),
            offered: [Offered::default()],
        }
    }
}

impl ImageSource for Folder {
    fn shown(&self) -> &str {
        &self.shown
    }

    fn offered(&self) -> &[Offered] {
        &self.offered
    }

    fn notes(&self) -> &[String] {
        &[]
    }

    fn config(&self, _: &Offered) -> Result<Option<RunConfig>> {
        Ok(None)
    }

    fn contents(&self, _: &Offered, tally: &Tally) -> Result<Contents> {
        let tree = Directory::read_as(&self.path, &self.typed, tally)?;
        let notes = tree.notes().to_vec();
        Ok(Contents::Root(Box::new(tree), notes))
    }

    fn layer(&self, _: &Layer) -> io::Result<Box<dyn io::Read + '_>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "a folder has no layers"))
    }
}
