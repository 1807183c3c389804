//! gobuild.lock on disk: beside gobuild.toml, replaced as a whole.

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::config::lock::{Lock, NAME};
use crate::error::{Error, Result};
use crate::host::file::read_found;

/// Far above any real lock.
const SIZE: u64 = 256 << 20;

/// Reads the lock in a folder; none where there is none.
pub fn read(folder: &Path) -> Result<Option<Lock>> {
    let path = folder.join(NAME);
    let shown = Path::new(NAME);
    let failed = |error: io::Error| Error::io("read", shown, &error);
    let Some(bytes) = read_found(&path, SIZE).map_err(failed)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|error| failed(io::Error::other(error)))?;
    Lock::parse(NAME, &text).map(Some)
}

/// Writes it, so that whoever reads meanwhile sees the old or the new one.
pub fn write(folder: &Path, lock: &Lock) -> Result<()> {
    let failed = |error: &io::Error| Error::io("write", Path::new(NAME), error);
    let mode = Permissions::from_mode(0o666);
    let file = tempfile::Builder::new().prefix(".gobuild.lock").permissions(mode).tempfile_in(folder);
    let mut file = file.map_err(|error| failed(&error))?;
    file.write_all(lock.text().as_bytes()).map_err(|error| failed(&error))?;
    file.persist(folder.join(NAME)).map_err(|error| failed(&error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()).unwrap(), None);
        write(dir.path(), &Lock::default()).unwrap();
        assert_eq!(read(dir.path()).unwrap(), Some(Lock::default()));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        fs::write(dir.path().join(NAME), "other").unwrap();
        assert!(read(dir.path()).unwrap_err().message.contains("gobuild.lock cannot be read"));
    }
}
