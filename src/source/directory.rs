//! A folder as the tree of a root file system.
//!
//! Every name is opened relative to its folder's descriptor and without following links, so that neither a
//! link in the tree nor one that somebody puts there meanwhile leads out of it.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags};

use super::limits::Limits;
use super::tally::Tally;
use crate::binary::ReadAt;
use crate::error::{Error, Result, io_reason};
use crate::host::file::OpenFile;
use crate::image::read::{Entry, Kind, Tree, budget};

/// The kernel's own, which an engine mounts over whatever the image has there. In the root of a running
/// machine they have no end.
const NOT_ENTERED: &[&str] = &["/proc", "/sys", "/dev"];
/// Each level holds a descriptor, of which a process usually has 1024.
const DEPTH: usize = 500;

/// A folder, walked once.
#[derive(Debug)]
pub struct Directory {
    root: OwnedFd,
    entries: BTreeMap<String, Entry>,
    notes: Vec<String>,
}

impl Directory {
    /// Walks a folder. A folder in it that may not be read is a note, and what is in it is not there.
    ///
    /// # Errors
    /// It cannot be read, or holds more than the limits allow.
    pub fn read(path: &Path, limits: &Limits) -> Result<Self> {
        Self::read_as(path, path, &Tally::new(limits))
    }

    /// The same for a folder that messages call by another path: the one that was typed.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_as(path: &Path, shown: &Path, tally: &Tally) -> Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = fs::open(path, flags, Mode::empty());
        let root = root.map_err(|error| Error::io("read", shown, &error.into()))?;
        let mut walk = Walk { entries: BTreeMap::new(), notes: Vec::new(), nameless: 0, tally };
        walk.folder(root.as_fd(), "", 0).map_err(|error| match error {
            Stop::Io(at, error) => {
                Error::new(format!("cannot read {}{at}: {}", shown.display(), io_reason(&error)))
            }
            Stop::TooMuch(error) => error.detail(format!("  in {}", shown.display())),
        })?;
        if walk.nameless > 0 {
            walk.notes.push(format!("{} names that are not UTF-8 were passed over", walk.nameless));
        }
        Ok(Self { root, entries: walk.entries, notes: walk.notes })
    }

    /// What could not be read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl Tree for Directory {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        if self.entries.get(path).is_none_or(|entry| entry.kind != Kind::File) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        let mut folder: Option<OwnedFd> = None;
        while let Some(part) = parts.next() {
            let at = folder.as_ref().map_or(self.root.as_fd(), AsFd::as_fd);
            let last = parts.peek().is_none();
            // Without NONBLOCK, a pipe that took the file's place would wait for a writer.
            let kind = if last { OFlags::NONBLOCK } else { OFlags::DIRECTORY };
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | kind;
            let next = fs::openat(at, part, flags, Mode::empty())?;
            if last {
                let file = std::fs::File::from(next);
                if !file.metadata()?.is_file() {
                    break;
                }
                return Ok(Box::new(OpenFile::from_file(file)?));
            }
            folder = Some(next);
        }
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

enum Stop {
    Io(String, io::Error),
    TooMuch(Error),
}

struct Walk<'t> {
    entries: BTreeMap<String, Entry>,
    notes: Vec<String>,
    nameless: usize,
    tally: &'t Tally,
}

impl Walk<'_> {
    fn folder(&mut self, folder: impl AsFd, path: &str, depth: usize) -> Result<(), Stop> {
        let failed = |error: rustix::io::Errno| Stop::Io(path.to_owned(), error.into());
        let folder = folder.as_fd();
        // Sorted, so that the same tree gives the same notes in the same order.
        let mut names = Vec::new();
        for entry in Dir::read_from(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            match entry.file_name().to_str() {
                Ok("." | "..") => {}
                Ok(name) => names.push(name.to_owned()),
                Err(_) => self.nameless += 1,
            }
        }
        names.sort_unstable();
        for name in names {
            self.name(folder, &name, format!("{path}/{name}"), depth)?;
        }
        Ok(())
    }

    fn name(&mut self, folder: impl AsFd, name: &str, path: String, depth: usize) -> Result<(), Stop> {
        let stat = match fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => stat,
            // It went away meanwhile.
            Err(rustix::io::Errno::NOENT) => return Ok(()),
            Err(error) => return Err(Stop::Io(path, error.into())),
        };
        let kind = match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => match fs::readlinkat(&folder, name, Vec::new()) {
                Ok(target) => Kind::Link(target.to_string_lossy().into_owned()),
                Err(error) => return Err(Stop::Io(path, error.into())),
            },
            _ => Kind::Other,
        };
        let is_folder = kind == Kind::Folder;
        let entry = Entry {
            kind,
            mode: Mode::from_raw_mode(stat.st_mode).bits() & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or_default(),
            place: 0,
        };
        let limits = self.tally.limits();
        if self.entries.len() as u64 >= limits.names {
            return Err(Stop::TooMuch(limits.too_many_names()));
        }
        let taken = self.tally.memory().spend(budget::of_name(&path, &entry));
        taken.map_err(|error| Stop::TooMuch(Error::new(error.to_string())))?;
        self.entries.insert(path.clone(), entry);
        if !is_folder || NOT_ENTERED.contains(&path.as_str()) {
            return Ok(());
        }
        if depth == DEPTH {
            self.notes.push(format!("{path} is too deep; what is in it was not read"));
            return Ok(());
        }
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match fs::openat(&folder, name, flags, Mode::empty()) {
            Ok(inner) => self.folder(inner, &path, depth + 1),
            Err(rustix::io::Errno::ACCESS | rustix::io::Errno::PERM) => {
                self.notes.push(format!("{path} may not be read; what is in it counts as missing"));
                Ok(())
            }
            // It became something else, or went away, between the two calls.
            Err(rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR | rustix::io::Errno::LOOP) => Ok(()),
            Err(error) => Err(Stop::Io(path, error.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn read(path: &Path) -> Directory {
        Directory::read(path, &Limits::default()).unwrap()
    }

    #[test]
    fn names_kinds_and_modes_are_those_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("usr/lib")).unwrap();
        std::fs::write(dir.path().join("usr/lib/x.so"), b"0123").unwrap();
        std::fs::create_dir(dir.path().join("tmp")).unwrap();
        std::fs::set_permissions(dir.path().join("tmp"), PermissionsExt::from_mode(0o1777)).unwrap();
        symlink("usr/lib", dir.path().join("lib")).unwrap();
        std::fs::create_dir_all(dir.path().join("proc/1")).unwrap();
        let tree = read(dir.path());
        let names: Vec<&str> = tree.entries().keys().map(String::as_str).collect();
        assert_eq!(names, ["/lib", "/proc", "/tmp", "/usr", "/usr/lib", "/usr/lib/x.so"]);
        assert_eq!(tree.entries()["/lib"].kind, Kind::Link("usr/lib".to_owned()));
        assert_eq!(tree.entries()["/tmp"].mode, 0o1777);
        assert_eq!(tree.entries()["/usr/lib/x.so"].size, 4);
        let file = tree.open("/usr/lib/x.so").unwrap();
        let mut part = [0; 2];
        file.read_exact_at(&mut part, 1).unwrap();
        assert_eq!(&part, b"12");
    }

    #[test]
    fn no_link_is_followed_when_a_file_is_opened() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret"), b"s").unwrap();
        let dir = tempfile::tempdir().unwrap();
        symlink(outside.path(), dir.path().join("out")).unwrap();
        symlink(outside.path().join("secret"), dir.path().join("file")).unwrap();
        std::fs::create_dir(dir.path().join("late")).unwrap();
        std::fs::write(dir.path().join("late/secret"), b"mine").unwrap();
        let tree = read(dir.path());
        for path in ["/out/secret", "/file", "/../secret", "/", "/late"] {
            assert!(tree.open(path).is_err(), "{path}");
        }
        // The folder was exchanged for a link after it was walked.
        std::fs::rename(dir.path().join("late"), dir.path().join("gone")).unwrap();
        symlink(outside.path(), dir.path().join("late")).unwrap();
        assert!(tree.open("/late/secret").is_err());
    }

    #[test]
    fn too_many_names_end_the_walk() {
        let dir = tempfile::tempdir().unwrap();
        for number in 0..5 {
            std::fs::write(dir.path().join(number.to_string()), b"").unwrap();
        }
        let error = Directory::read(dir.path(), &Limits { names: 4, ..Limits::default() }).unwrap_err();
        assert_eq!(error.message, "the image has more than 4 names");
        assert!(Directory::read(&dir.path().join("none"), &Limits::default()).is_err());
    }
}
