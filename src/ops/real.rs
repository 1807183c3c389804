//! Real images: what was named is opened, read, and what could not be read is said.

use std::path::Path;

use crate::config::build::Target as Table;
use crate::error::Result;
use crate::image::Image;
use crate::origin::Sourced;
use crate::platform::Platform;
use crate::source::{self, Opened, Transport, Wanted};

use super::sources::Sources;
use super::target::Target;

/// Everything that a source has for these platforms (all of them where none is typed). Paths start at `dir`.
pub(super) fn open(
    sources: Sources<'_>,
    transport: &Transport,
    name: Option<&str>,
    platforms: &[Sourced<Platform>],
    dir: &Path,
) -> Result<Vec<Opened>> {
    let wanted = Wanted { platforms: platforms.iter().map(|platform| &platform.value).collect(), name };
    let opened = source::open(transport, &wanted, &sources.process.env, dir)?;
    for opened in &opened {
        for note in &opened.reading.notes {
            sources.reporter.note(&format!("{}: {note}", opened.reading.image.name));
        }
    }
    Ok(opened)
}

/// The images of what was opened.
pub(super) fn images(opened: Vec<Opened>) -> Vec<Image> {
    opened.into_iter().map(|opened| opened.reading.image).collect()
}

/// The target of a table that names a folder or an archive.
pub(super) fn of_table(sources: Sources<'_>, table: &Table) -> Result<Option<Target>> {
    let (transport, said) = match (&table.rootfs, &table.archive) {
        (Some(folder), _) => (Transport::Folder(folder.value.clone().into()), folder),
        (None, Some(archive)) if sources.config_dir.join(&archive.value).is_dir() => {
            (Transport::Layout(archive.value.clone().into(), None), archive)
        }
        (None, Some(archive)) => (Transport::Archive(archive.value.clone().into(), None), archive),
        (None, None) => return Ok(None),
    };
    let name = table.image.as_ref().map(|image| image.value.as_str());
    let platforms = table.platforms.as_ref().map(|list| &list.value[..]).unwrap_or_default();
    let opened = open(sources, &transport, name, platforms, sources.config_dir);
    let mut real = images(opened.map_err(|error| error.detail(format!("  named by {}", said.origin)))?);
    if let Some(name) = name {
        for image in &mut real {
            name.clone_into(&mut image.name);
            name.clone_into(&mut image.written);
        }
    }
    Target::read(&table.name.value, real, said.origin.clone()).map(Some)
}
