//! What holds an image's documents and layers: the folder of an OCI layout, or an archive, of which the
//! names are read once and the contents by position.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::rc::Rc;

use super::bytes::{Bounded, Meter, Positional};
use super::directory::Directory;
use super::tally::Tally;
use super::tar::{self, Members};
use super::unpack::{is_packed, unpack};
use crate::binary::ReadAt;
use crate::error::Result;
use crate::host::file::OpenFile;
use crate::image::read::{Budget, Entry, Kind, Tree, budget};
use crate::image::root::follow;

/// Documents and layers by name.
pub(super) enum Container {
    Folder(Directory),
    Archive(Archive),
}

impl Container {
    /// The folder of an OCI layout.
    pub(super) fn folder(path: &Path, shown: &Path, tally: &Tally) -> Result<Self> {
        Ok(Self::Folder(Directory::read_as(path, shown, tally)?))
    }

    /// An archive: plain, or packed as a whole, in which case it is unpacked into a temporary file first.
    pub(super) fn archive(file: OpenFile, tally: &Tally) -> io::Result<Self> {
        let mut start = [0; 4];
        let length = usize::try_from(file.size()).unwrap_or(4).min(4);
        file.read_exact_at(&mut start[..length], 0)?;
        let file = if is_packed(&start) { unpacked(&file, tally)? } else { file };
        Ok(Self::Archive(Archive::index(Rc::new(file), tally)?))
    }

    /// The archive itself, unpacked; none for a folder.
    pub(super) fn file(&self) -> Option<&OpenFile> {
        match self {
            Self::Folder(_) => None,
            Self::Archive(archive) => Some(&archive.file),
        }
    }

    fn tree(&self) -> &dyn Tree {
        match self {
            Self::Folder(folder) => folder,
            Self::Archive(archive) => archive,
        }
    }

    /// Forgets every name of an archive but these: an archive has room for a million others.
    pub(super) fn keep<'a>(&mut self, names: impl Iterator<Item = &'a str>, memory: &Budget) {
        let reals: BTreeSet<String> =
            names.flat_map(|name| [Some(format!("/{name}")), self.real(name)]).flatten().collect();
        let Self::Archive(archive) = self else { return };
        archive.entries.retain(|path, entry| {
            // A link on the way to a layer is a name too.
            let keep = reals.contains(path);
            if !keep {
                memory.refund(budget::of_name(path, entry));
            }
            keep
        });
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let entry = self.real(name).and_then(|real| self.tree().entries().get(&real));
        entry.is_some_and(|entry| entry.kind == Kind::File)
    }

    /// The file of this name.
    pub(super) fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        let real = self.real(name).filter(|_| self.has(name));
        let missing = || io::Error::new(io::ErrorKind::NotFound, "there is no such file in it");
        self.tree().open(&real.ok_or_else(missing)?)
    }

    /// Old archives name a layer that two images share by a link.
    pub(super) fn real(&self, name: &str) -> Option<String> {
        follow(&format!("/{name}"), |link| self.tree().link(link))
    }
}

fn unpacked(packed: &OpenFile, tally: &Tally) -> io::Result<OpenFile> {
    // An account of its own: the layers in it are unpacked a second time.
    let own = Tally::new(tally.limits());
    let meter = Meter::default();
    let stream = unpack(meter.on(Positional::new(packed)), own.limits().window)?;
    let mut stream = Bounded::new(stream, meter, true, &own);
    let mut file: File = tempfile::tempfile()?;
    io::copy(&mut stream, &mut file)?;
    file.flush()?;
    OpenFile::from_file(file)
}

/// A plain tar file with the places of its members.
pub(super) struct Archive {
    file: Rc<OpenFile>,
    entries: BTreeMap<String, Entry>,
    /// Where contents start: at the place that an entry says.
    starts: Vec<u64>,
}

impl Archive {
    fn index(file: Rc<OpenFile>, tally: &Tally) -> io::Result<Self> {
        let (mut entries, mut starts) = (BTreeMap::new(), Vec::new());
        let mut members = Members::new(Positional::new(&*file));
        let mut count = 0;
        while let Some(member) = members.next()? {
            count += 1;
            if count > tally.limits().names {
                let words = tally.limits().too_many_names().message;
                return Err(io::Error::new(io::ErrorKind::InvalidData, words));
            }
            let parts = member.path.split('/').filter(|part| !matches!(*part, "" | "."));
            let path = parts.fold(String::new(), |path, part| path + "/" + part);
            let kind = match member.kind {
                tar::Kind::File => Kind::File,
                tar::Kind::Link(target) => Kind::Link(target),
                // The same as a link here: there is one name for each content.
                tar::Kind::Hard(target) => Kind::Link(format!("/{target}")),
                // No document and no layer.
                tar::Kind::Folder | tar::Kind::Other => continue,
            };
            let place = u32::try_from(starts.len()).unwrap_or(u32::MAX);
            starts.push(members.position());
            let tar::Member { mode, uid, gid, size, .. } = member;
            let entry = Entry { kind, mode, uid, gid, size, place };
            tally.memory().spend(budget::of_name(&path, &entry))?;
            if let Some(old) = entries.insert(path.clone(), entry) {
                tally.memory().refund(budget::of_name(&path, &old));
            }
        }
        Ok(Self { file, entries, starts })
    }
}

impl Tree for Archive {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        let entry = self.entries.get(path).filter(|entry| entry.kind == Kind::File);
        let place = entry.and_then(|entry| {
            let start = self.starts.get(usize::try_from(entry.place).ok()?)?;
            Some((*start, entry.size))
        });
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
