//! Files that have no name yet, or a hidden one, in a folder of the user's.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The longest part of a name that goes into a hidden one: 255 bytes are the limit of most systems.
const NAME: usize = 200;

/// `.NAME.gobuild-`, what hidden names for a file of this name start with.
pub(super) fn hidden_prefix(name: &OsStr) -> OsString {
    let text = name.to_string_lossy();
    let cut =
        text.char_indices().map(|(at, char)| at + char.len_utf8()).take_while(|end| *end <= NAME).last();
    format!(".{}.gobuild-", &text[..cut.unwrap_or_default()]).into()
}

/// Deletes hidden files of runs that were killed. One that still is being made is locked by its maker.
pub(super) fn sweep(folder: &Path, name: &OsStr) {
    let prefix = hidden_prefix(name);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
            continue;
        }
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // It is in nobody's way if it stays.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file without a name in the folder, of mode `mode` less umask; none where the system has no such
/// thing, or no way to name it later.
#[cfg(target_os = "linux")]
pub(super) fn unnamed(folder: &Path, mode: u32) -> Option<io::Result<File>> {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::io::Errno;
    if !Path::new("/proc/self/fd").is_dir() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    match open(folder, flags, Mode::from_raw_mode(mode)) {
        Ok(file) => Some(Ok(File::from(file))),
        // EISDIR is what a kernel or file system says that does not know the flag.
        Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => None,
        Err(error) => Some(Err(error.into())),
    }
}

/// Gives an unnamed file a hidden name in the folder.
#[cfg(target_os = "linux")]
pub(super) fn name(file: &File, folder: &Path, prefix: &OsStr) -> io::Result<tempfile::TempPath> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| Ok(linkat(CWD, &descriptor, CWD, path, AtFlags::SYMLINK_FOLLOW)?);
    let named = tempfile::Builder::new().prefix(prefix).make_in(folder, link)?;
    Ok(named.into_temp_path())
}

/// Whether a file can be renamed from one folder into the other.
pub(super) fn can_rename(from: &Path, to: &Path) -> bool {
    let (Some(from), Some(to)) = (mount(from), mount(to)) else { return false };
    from == to
}

/// The file system, and where Linux tells (5.8 and later) the mount: one file system that is mounted
/// twice is one device, and still nothing can be renamed across.
#[cfg(target_os = "linux")]
fn mount(path: &Path) -> Option<(u64, u64)> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let found = statx(CWD, path, AtFlags::empty(), StatxFlags::BASIC_STATS | StatxFlags::MNT_ID).ok()?;
    let tells = found.stx_mask & StatxFlags::MNT_ID.bits() != 0;
    let device = (u64::from(found.stx_dev_major) << 32) | u64::from(found.stx_dev_minor);
    tells.then_some((device, found.stx_mnt_id))
}

#[cfg(not(target_os = "linux"))]
fn mount(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((fs::metadata(path).ok()?.dev(), 0))
}

/// Copies everything, sharing the blocks where the file system can.
pub(super) fn copy(from: &mut File, to: &mut File) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if rustix::fs::ioctl_ficlone(&*to, &*from).is_ok() {
        return Ok(());
    }
    let size = from.metadata()?.len();
    let copied = io::copy(from, to)?;
    if copied == size {
        Ok(())
    } else {
        Err(io::Error::other(format!("{copied} of {size} bytes were copied")))
    }
}
