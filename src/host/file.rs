//! An open file as the positional reader that [`crate::binary`] takes.

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;

use super::identity::Identity;
use crate::binary::ReadAt;
use crate::error::{Error, Result};

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
    pub fn open(path: &Path) -> Result<Self> {
        // Asked by name first: opening a named pipe would wait for a writer.
        let metadata = std::fs::metadata(path).map_err(|error| Error::io("read", path, &error))?;
        if !metadata.is_file() {
            let what = if metadata.is_dir() { "is a directory" } else { "is not a regular file" };
            return Err(Error::new(format!("cannot read {}: {what}", path.display())));
        }
        let file = File::open(path).map_err(|error| Error::io("read", path, &error))?;
        Self::from_file(file).map_err(|error| Error::io("read", path, &error))
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
    fn what_has_no_positions_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let error = OpenFile::open(dir.path()).unwrap_err();
        assert!(error.message.ends_with("is a directory"), "{error}");
        let error = OpenFile::open(&dir.path().join("none")).unwrap_err();
        assert!(error.message.ends_with("no such file or directory"), "{error}");
    }
}
