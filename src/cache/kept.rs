//! Files of the cache: what is remembered in them, and what else may stand in their place.
//!
//! A remembered answer decides what is built, so it is taken only where it is byte for byte what was written
//! under that very name. The digest guards against a disk, a sync tool or an editor, not against somebody who
//! can write here: that one could write the digest too.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::host::file;
use crate::host::hex::hex;

/// Above any real answer, in bytes: a monorepo's list of files has some megabytes.
const LARGEST: u64 = 256 << 20;

/// What [`write()`] wrote under this name; none where it is missing, spoilt, another file's, or no file.
pub fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = file::read_at_most(path, LARGEST).ok()?;
    let (digest, text) = bytes.split_at_checked(DIGEST)?;
    (digest == line(path, text)?.as_bytes()).then_some(())?;
    serde_json::from_slice(text).ok()
}

/// Writes it so that it is there whole or not at all. Killed in between it leaves a file whose name starts with
/// this one's.
pub fn write<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let bytes = sealed(path, value)?;
    let mut prefix = OsString::from(name);
    prefix.push(".");
    let mut temp = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder)?;
    temp.write_all(&bytes)?;
    match temp.persist(path) {
        Err(error) if path.is_dir() => {
            fs::remove_dir_all(path)?;
            error.file.persist(path)?;
        }
        other => drop(other?),
    }
    Ok(())
}

/// Writes it over what was written before, for whoever alone writes here. A file that takes the place of another
/// is begun to be written to the disk at once (ext4's `auto_da_alloc`), which takes a hundred times as long.
/// Stopped in between, it leaves what [`read()`] takes for nothing.
pub fn overwrite<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let bytes = sealed(path, value)?;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let opened = OpenOptions::new().write(true).custom_flags(flags).open(path);
    let file = opened.and_then(|file| Ok((file.metadata()?, file)));
    let Ok((found, mut file)) = file else { return write(path, value) };
    // A second name may be anybody's.
    if !found.is_file() || found.nlink() != 1 {
        return write(path, value);
    }
    file.write_all(&bytes)?;
    let length = bytes.len() as u64;
    if found.len() > length { file.set_len(length) } else { Ok(()) }
}

/// Opens a file of no content (a lock, a stamp), made where it is missing. What stands in its place and is
/// none goes: a pipe would be waited for, and a link leads elsewhere.
pub fn marker(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        remove(path)?;
    }
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).custom_flags(flags).open(path)
}

/// Deletes whatever stands there; a link, not what it leads to.
pub fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

/// What stands in the file.
fn sealed<T: Serialize>(path: &Path, value: &T) -> io::Result<Vec<u8>> {
    let text = serde_json::to_vec(value)?;
    let digest = line(path, &text).ok_or(io::ErrorKind::InvalidInput)?;
    Ok([digest.as_bytes(), &text].concat())
}

/// Bytes of [`line`].
const DIGEST: usize = 65;

/// The first line: the digest of the file's name and of what follows.
fn line(path: &Path, text: &[u8]) -> Option<String> {
    let name = path.file_name()?.as_encoded_bytes();
    let mut hash = Sha256::new();
    hash.update(name.len().to_le_bytes());
    hash.update(name);
    hash.update(text);
    Some(hex(&hash.finalize()) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Kept = std::collections::BTreeMap<String, String>;

    fn kept() -> Kept {
        Kept::from([("GOARCH".to_owned(), "amd64".to_owned())])
    }

    #[test]
    fn one_bit_less_byte_or_other_name_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        write(&path, &kept()).unwrap();
        assert_eq!(read::<Kept>(&path), Some(kept()));
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut spoilt = whole.clone();
                spoilt[at] ^= 1 << bit;
                fs::write(&path, spoilt).unwrap();
                assert_eq!(read::<Kept>(&path), None, "bit {bit} of byte {at}");
            }
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(read::<Kept>(&path), None, "cut to {at}");
        }
        fs::write(&path, [&whole[..], b" "].concat()).unwrap();
        assert_eq!(read::<Kept>(&path), None, "longer");
        let other = dir.path().join("b.json");
        fs::write(&other, &whole).unwrap();
        assert_eq!(read::<Kept>(&other), None, "under another name");
        fs::write(&path, &whole).unwrap();
        assert_eq!(read::<Kept>(&path), Some(kept()));
    }

    #[test]
    fn what_is_written_over_is_read_whether_it_was_longer_or_shorter() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        let of = |length: usize| Kept::from([("x".to_owned(), "y".repeat(length))]);
        for length in [10, 3000, 0, 70_000, 1] {
            overwrite(&path, &of(length)).unwrap();
            assert_eq!(read::<Kept>(&path), Some(of(length)));
        }
        let same = fs::metadata(&path).unwrap().ino();
        overwrite(&path, &of(2)).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().ino(), same, "the file itself is written to");

        let other = dir.path().join("other");
        fs::hard_link(&path, &other).unwrap();
        overwrite(&path, &of(5)).unwrap();
        assert_eq!(read::<Kept>(&path), Some(of(5)));
        assert_ne!(fs::metadata(&other).unwrap().ino(), fs::metadata(&path).unwrap().ino());
    }

    #[test]
    fn what_is_no_file_is_neither_waited_for_nor_in_the_way() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        let pipe = |path: &Path| drop(duct::cmd!("mkfifo", path).run().unwrap());
        let folder = |path: &Path| fs::create_dir_all(path.join("x")).unwrap();
        let endless = |path: &Path| std::os::unix::fs::symlink("/dev/zero", path).unwrap();
        let dangling = |path: &Path| std::os::unix::fs::symlink("/nowhere/x", path).unwrap();
        for place in [pipe, folder, endless, dangling] {
            place(&path);
            assert_eq!(read::<Kept>(&path), None);
            write(&path, &kept()).unwrap();
            assert_eq!(read::<Kept>(&path), Some(kept()));
            fs::remove_file(&path).unwrap();

            place(&path);
            overwrite(&path, &kept()).unwrap();
            assert_eq!(read::<Kept>(&path), Some(kept()));
            fs::remove_file(&path).unwrap();

            place(&path);
            marker(&path).unwrap().try_lock().unwrap();
            assert!(fs::symlink_metadata(&path).unwrap().is_file());
            fs::remove_file(&path).unwrap();
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
