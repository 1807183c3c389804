//! From the stage to the user: a private copy, proven by the caller through its descriptor, then renamed.
//! What was proven is what is published, and until then nothing of the user's has changed.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::output::Output;
use super::temporary::{can_rename, copy, hidden_prefix, sweep};
use crate::error::{Error, Result};
use crate::host::file::OpenFile;
use crate::host::identity::Identity;

/// What the file may do, before the umask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 0777: a program.
    Program,
    /// 0666: what is not run but loaded or read. go writes libraries and headers so
    /// (`BuildInstallFunc` in cmd/go/internal/work/exec.go).
    Plain,
}

impl Mode {
    /// As go decides: by the build mode. A header comes only with a library.
    pub fn of(build_mode: &str) -> Self {
        match build_mode {
            "c-archive" | "c-shared" | "plugin" => Self::Plain,
            _ => Self::Program,
        }
    }

    const fn bits(self) -> u32 {
        match self {
            Self::Program => 0o777,
            Self::Plain => 0o666,
        }
    }
}

/// A copy of a staged file that only this process knows. Dropped unpublished it is gone.
#[derive(Debug)]
pub struct PrivateCopy {
    file: OpenFile,
    place: Place,
    output: Output,
}

#[derive(Debug)]
enum Place {
    /// It has a name already, on the output's file system: in the cache, or hidden beside the output.
    Named(TempPath),
    /// It is on the output's file system and has no name.
    Unnamed,
    /// The output is a device or a pipe: written to, never replaced. The copy's name goes with it.
    Through(TempPath),
}

impl PrivateCopy {
    /// Copies `staged` to where it can be renamed to `output` from: into `near` (a private folder) under
    /// a name that starts with `prefix`, or onto the output's file system.
    pub(super) fn make(
        staged: &Path,
        output: &Output,
        mode: Mode,
        near: &Path,
        prefix: &str,
    ) -> Result<Self> {
        let failed = |error| Error::io("write", &output.shown, &error);
        let mut source = File::open(staged).map_err(|error| Error::io("read", staged, &error))?;
        let (mut file, place) = Self::create(output, mode, near, prefix).map_err(failed)?;
        copy(&mut source, &mut file).map_err(failed)?;
        let file = OpenFile::from_file(file).map_err(failed)?;
        Ok(Self { file, place, output: output.clone() })
    }

    fn create(output: &Output, mode: Mode, near: &Path, prefix: &str) -> io::Result<(File, Place)> {
        let named = |folder: &Path, prefix: &OsStr| {
            let permissions = Permissions::from_mode(mode.bits());
            tempfile::Builder::new().prefix(prefix).permissions(permissions).tempfile_in(folder)
        };
        if is_special(&output.path) {
            let (file, path) = named(near, prefix.as_ref())?.into_parts();
            return Ok((file, Place::Through(path)));
        }
        let folder = existing_folder(&output.path);
        // A folder with the group bit gives its group to what is created in it, not to what is moved
        // there; go copies for the same reason.
        let gives_group = fs::metadata(&folder)?.mode() & 0o2000 != 0;
        if !gives_group && can_rename(near, &folder) {
            let (file, path) = named(near, prefix.as_ref())?.into_parts();
            return Ok((file, Place::Named(path)));
        }
        let name = output.path.file_name().unwrap_or_default();
        sweep(&folder, name);
        #[cfg(target_os = "linux")]
        if let Some(file) = super::temporary::unnamed(&folder, mode.bits()) {
            let file = file?;
            let _ = file.try_lock();
            return Ok((file, Place::Unnamed));
        }
        let (file, path) = named(&folder, &hidden_prefix(name))?.into_parts();
        // Says to a sweep that it is in use; without locks a sweep elsewhere does not delete either.
        let _ = file.try_lock();
        Ok((file, Place::Named(path)))
    }

    /// The copy, for the proof. It is the very file that [`Self::publish`] puts at the output.
    pub const fn file(&self) -> &OpenFile {
        &self.file
    }

    /// Puts the copy at the output, whole and at once; folders that are missing are made. What was there
    /// is replaced: a link, not the file that it leads to, and a program also while it runs. Gives the
    /// identity of what the user has now; none where the output is a device or a pipe.
    pub fn publish(self) -> Result<Option<Identity>> {
        let failed = |error| Error::io("write", &self.output.shown, &error);
        if let Place::Through(_) = self.place {
            write_through(self.file.file(), &self.output.path).map_err(failed)?;
            return Ok(None);
        }
        let folder = self.output.path.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder).map_err(failed)?;
        let path = match self.place {
            Place::Named(path) | Place::Through(path) => path,
            #[cfg(target_os = "linux")]
            Place::Unnamed => {
                let prefix = hidden_prefix(self.output.path.file_name().unwrap_or_default());
                super::temporary::name(self.file.file(), folder, &prefix).map_err(failed)?
            }
            #[cfg(not(target_os = "linux"))]
            Place::Unnamed => unreachable!("only Linux has files without a name"),
        };
        path.persist(&self.output.path).map_err(|error| failed(error.error))?;
        self.file.identity().map(Some).map_err(failed)
    }
}

/// The nearest folder above that is there.
fn existing_folder(path: &Path) -> PathBuf {
    let found = path.ancestors().skip(1).find(|folder| folder.is_dir());
    found.unwrap_or(Path::new("/")).to_owned()
}

/// A device, a pipe, a socket; or a link to whatever a descriptor is (`/dev/stdout`).
fn is_special(path: &Path) -> bool {
    let leads_to_descriptor = fs::read_link(path).is_ok_and(|to| to.starts_with("/proc"));
    leads_to_descriptor
        || fs::metadata(path).is_ok_and(|found| {
            let kind = found.file_type();
            kind.is_fifo() || kind.is_char_device() || kind.is_block_device() || kind.is_socket()
        })
}

fn write_through(mut from: &File, to: &Path) -> io::Result<()> {
    io::Seek::rewind(&mut from)?;
    let mut to = OpenOptions::new().write(true).open(to)?;
    io::copy(&mut from, &mut to).map(|_| ())
}
