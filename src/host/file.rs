//! An open file as the positional reader that [`crate::binary`] takes.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use crate::binary::ReadAt;
use crate::error::{Error, Result};
use crate::host::identity::Identity;

/// The longest text that somebody wrote by hand, in bytes: a Dockerfile, a template. The longest real ones have a
/// few hundred kilobytes.
pub const TEXT: u64 = 16 << 20;

/// A file behind its descriptor: what is read stays the same file whatever happens to its name.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    size: u64,
    mode: u32,
}

impl OpenFile {
    /// Opens a regular file for reading; anything else (a folder, a pipe) is refused, since it has no
    /// positions to read from.
    ///
    /// # Errors
    /// It is not there, is no regular file, or may not be read.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_as(path, path)
    }

    /// The same for a file that messages call by another path: the one that was typed, relative to another folder.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_as(path: &Path, shown: &Path) -> Result<Self> {
        // Asked by name first: opening a named pipe would wait for a writer.
        let metadata = std::fs::metadata(path).map_err(|error| Error::io("read", shown, &error))?;
        if !metadata.is_file() {
            let what = if metadata.is_dir() { "is a directory" } else { "is not a regular file" };
            return Err(Error::new(format!("cannot read {}: {what}", shown.display())));
        }
        let file = File::open(path).map_err(|error| Error::io("read", shown, &error))?;
        Self::from_file(file).map_err(|error| Error::io("read", shown, &error))
    }

    /// Takes a file that is open already.
    pub fn from_file(file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        Ok(Self { size: metadata.len(), mode: metadata.mode() & 0o7777, file })
    }

    /// Permission bits, `0o755`.
    pub const fn mode(&self) -> u32 {
        self.mode
    }

    /// What the file system says about it now.
    pub fn identity(&self) -> io::Result<Identity> {
        Ok(Identity::from(&self.file.metadata()?))
    }

    /// The descriptor.
    pub const fn file(&self) -> &File {
        &self.file
    }
}

impl ReadAt for OpenFile {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.file.read_exact_at(buffer, offset)
    }
}

/// Everything in a regular file, or in one that a link leads to, of at most so many bytes. What is none is
/// refused and never waited for: a pipe without a writer, a device without an end.
pub fn read_at_most(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    bounded(file, largest)
}

/// The same for a file that nobody typed and that need not be there. A link that leads nowhere is there: whoever
/// made it meant a file.
pub fn read_found(path: &Path, largest: u64) -> io::Result<Option<Vec<u8>>> {
    match read_at_most(path, largest) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match std::fs::read_link(path) {
            Ok(to) => Err(io::Error::other(format!("it is a link to {}, which is not there", to.display()))),
            Err(_) => Ok(None),
        },
        Err(error) => Err(error),
    }
}

/// The same for a file that was typed: of a pipe (`<(…)`, `/dev/stdin`) the user wants the content.
pub fn read_typed(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    bounded(File::open(path)?, largest)
}

fn bounded(file: File, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(io::Error::other(format!("it has more than {largest} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_by_position_also_after_its_name_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        std::fs::write(&path, b"0123456789").unwrap();
        let open = OpenFile::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let mut part = [0; 3];
        open.read_exact_at(&mut part, 4).unwrap();
        assert_eq!((&part, open.size()), (b"456", 10));
        assert_eq!(open.read_exact_at(&mut part, 8).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn what_is_found_is_a_file_and_what_is_typed_may_be_a_pipe() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        assert!(read_found(&path, 3).unwrap().is_none());
        std::fs::write(&path, "abc").unwrap();
        assert_eq!(read_found(&path, 3).unwrap().unwrap(), b"abc");
        assert!(read_found(&path, 2).unwrap_err().to_string().contains("more than 2 bytes"));
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("gone", &path).unwrap();
        assert!(read_found(&path, 3).unwrap_err().to_string().contains("a link to gone"));
        std::fs::remove_file(&path).unwrap();
        duct::cmd!("mkfifo", &path).run().unwrap();
        assert!(read_found(&path, 3).unwrap_err().to_string().contains("not a regular file"));
        let writing = duct::cmd!("sh", "-c", "printf abc > x").dir(dir.path()).start().unwrap();
        assert_eq!(read_typed(&path, 3).unwrap(), b"abc");
        writing.wait().unwrap();
        assert!(read_typed(Path::new("/dev/zero"), 3).is_err());
    }

    #[test]
    fn what_has_no_positions_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let error = OpenFile::open(dir.path()).unwrap_err();
        assert!(error.message.ends_with("is a directory"), "{error}");
        let error = OpenFile::open(&dir.path().join("none")).unwrap_err();
        assert!(error.message.ends_with("no such file or directory"), "{error}");
    }
}
