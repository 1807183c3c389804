//! What holds an image's documents and layers: the folder of an OCI layout, or an archive, of which the
//! names are read once and the contents by position.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::rc::Rc;

use super::bytes::{Bounded, Meter, Positional};
use super::directory::Directory;
use super::limits::Limits;
use super::tar::{self, Members};
use super::unpack::{is_packed, unpack};
use crate::binary::ReadAt;
use crate::error::Result;
use crate::host::file::OpenFile;
use crate::image::read::{Entry, Kind, Tree};
use crate::image::root::Root;

/// Documents and layers by name.
pub(super) struct Container {
    tree: Box<dyn Tree>,
    /// Old archives name a layer that two images share by a link.
    links: Root,
    /// The archive itself, unpacked, where it is one.
    file: Option<Rc<OpenFile>>,
}

impl Container {
    /// The folder of an OCI layout.
    pub(super) fn folder(path: &Path, shown: &Path, limits: &Limits) -> Result<Self> {
        Ok(Self::new(Box::new(Directory::read_as(path, shown, limits)?), None))
    }

    /// An archive: plain, or packed as a whole, in which case it is unpacked into a temporary file first.
    pub(super) fn archive(file: OpenFile, limits: &Limits) -> io::Result<Self> {
        let mut start = [0; 4];
        let length = usize::try_from(file.size()).unwrap_or(4).min(4);
        file.read_exact_at(&mut start[..length], 0)?;
        let file = Rc::new(if is_packed(&start) { unpacked(&file, limits)? } else { file });
        Ok(Self::new(Box::new(Archive::index(Rc::clone(&file), limits)?), Some(file)))
    }

    /// The archive itself, unpacked; none for a folder.
    pub(super) fn file(&self) -> Option<&OpenFile> {
        self.file.as_deref()
    }

    fn new(tree: Box<dyn Tree>, file: Option<Rc<OpenFile>>) -> Self {
        let links = tree.entries().iter().filter_map(|(path, entry)| match &entry.kind {
            Kind::Link(target) => Some((path.clone(), target.clone())),
            _ => None,
        });
        let links = Root { links: links.collect(), ..Root::default() };
        Self { tree, links, file }
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let entry = self.real(name).and_then(|real| self.tree.entries().get(&real));
        entry.is_some_and(|entry| entry.kind == Kind::File)
    }

    /// The file of this name.
    pub(super) fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        let real = self.real(name).filter(|_| self.has(name));
        let missing = || io::Error::new(io::ErrorKind::NotFound, "there is no such file in it");
        self.tree.open(&real.ok_or_else(missing)?)
    }

    fn real(&self, name: &str) -> Option<String> {
        self.links.real(&format!("/{name}"))
    }
}

fn unpacked(packed: &OpenFile, limits: &Limits) -> io::Result<OpenFile> {
    let meter = Meter::default();
    let total = std::cell::Cell::new(0);
    let stream = unpack(meter.on(Positional::new(packed)))?;
    let mut stream = Bounded::new(stream, meter, &total, limits);
    let mut file: File = tempfile::tempfile()?;
    io::copy(&mut stream, &mut file)?;
    file.flush()?;
    OpenFile::from_file(file)
}

/// A plain tar file with the places of its members.
struct Archive {
    file: Rc<OpenFile>,
    entries: BTreeMap<String, Entry>,
    places: BTreeMap<String, u64>,
}

impl Archive {
    fn index(file: Rc<OpenFile>, limits: &Limits) -> io::Result<Self> {
        let (mut entries, mut places) = (BTreeMap::new(), BTreeMap::new());
        let mut members = Members::new(Positional::new(&*file));
        let (mut count, mut bytes) = (0, 0);
        while let Some(member) = members.next()? {
            count += 1;
            let target = if let tar::Kind::Link(target) | tar::Kind::Hard(target) = &member.kind {
                target.len()
            } else {
                0
            };
            bytes += (member.path.len() + target) as u64;
            if count > limits.names {
                return Err(io::Error::new(io::ErrorKind::InvalidData, limits.too_many_names().message));
            }
            if bytes > limits.paths {
                return Err(io::Error::new(io::ErrorKind::InvalidData, limits.too_long_names().message));
            }
            let parts = member.path.split('/').filter(|part| !matches!(*part, "" | "."));
            let path = parts.fold(String::new(), |path, part| path + "/" + part);
            let (kind, place) = match member.kind {
                tar::Kind::File => (Kind::File, Some(members.position())),
                tar::Kind::Folder => (Kind::Folder, None),
                tar::Kind::Link(target) => (Kind::Link(target), None),
                // The same as a link here: there is one name for each content.
                tar::Kind::Hard(target) => (Kind::Link(format!("/{target}")), None),
                tar::Kind::Other => (Kind::Other, None),
            };
            let tar::Member { mode, uid, gid, size, .. } = member;
            entries.insert(path.clone(), Entry { kind, mode, uid, gid, size, place: 0 });
            if let Some(place) = place {
                places.insert(path, place);
            }
        }
        Ok(Self { file, entries, places })
    }
}

impl Tree for Archive {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        let entry = self.entries.get(path).filter(|entry| entry.kind == Kind::File);
        let place = entry.and_then(|entry| Some((*self.places.get(path)?, entry.size)));
        let (start, size) = place.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Part { file: &self.file, start, size }))
    }
}

/// A member's content.
struct Part<'a> {
    file: &'a OpenFile,
    start: u64,
    size: u64,
}

impl ReadAt for Part<'_> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let end = offset.checked_add(buffer.len() as u64);
        if end.is_none_or(|end| end > self.size) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.file.read_exact_at(buffer, self.start + offset)
    }
}

/// All of a file that is small enough.
pub(super) fn whole(file: &dyn ReadAt, limit: u64) -> io::Result<Vec<u8>> {
    if file.size() > limit {
        let words = format!("it has {} bytes, where {limit} are the most that make sense", file.size());
        return Err(io::Error::new(io::ErrorKind::InvalidData, words));
    }
    let mut bytes = Vec::new();
    Positional::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}
