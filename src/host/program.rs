//! Programs by name, as `execvp` and Go find them: in the folders of PATH, and nowhere else.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use which::WhichConfig;
use which::sys::{RealSys, Sys};

/// The program of a name, looked for in the folders of `path`; one with a slash in it lies at its place below
/// `dir`.
///
/// # Errors
///
/// Where there is none.
pub fn find(name: impl AsRef<OsStr>, path: Option<&OsStr>, dir: &Path) -> which::Result<PathBuf> {
    let mut config = WhichConfig::new_with_sys(WithoutHome(RealSys));
    config = config.binary_name(name.as_ref().to_owned()).custom_cwd(dir.to_owned());
    if let Some(path) = path {
        config = config.custom_path_list(path.to_owned());
    }
    config.first_result()
}

/// The file system without anybody's home: a `~` in PATH is for shells alone. Who is asked where it is looks into
/// the system's list of users, and in a static program the C library would load libraries for that.
struct WithoutHome(RealSys);

impl Sys for WithoutHome {
    type ReadDirEntry = DirEntry;
    type Metadata = Metadata;

    fn home_dir(&self) -> Option<PathBuf> {
        None
    }

    fn is_windows(&self) -> bool {
        self.0.is_windows()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        self.0.current_dir()
    }

    fn env_split_paths(&self, paths: &OsStr) -> Vec<PathBuf> {
        self.0.env_split_paths(paths)
    }

    fn env_path(&self) -> Option<OsString> {
        None
    }

    fn env_path_ext(&self) -> Option<OsString> {
        None
    }

    fn env_windows_path_ext(&self) -> Cow<'static, [String]> {
        self.0.env_windows_path_ext()
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.metadata(path)
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.symlink_metadata(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Box<dyn Iterator<Item = io::Result<DirEntry>>>> {
        self.0.read_dir(path)
    }

    fn is_valid_executable(&self, path: &Path) -> io::Result<bool> {
        self.0.is_valid_executable(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_program_is_found_in_the_folders_of_path_alone() {
        let dir = tempfile::tempdir().unwrap();
        let bin = dir.path().join("bin");
        std::fs::create_dir(&bin).unwrap();
        std::fs::write(bin.join("tool"), "").unwrap();
        std::fs::set_permissions(bin.join("tool"), std::fs::Permissions::from_mode(0o755)).unwrap();
        let find = |name, path: &OsStr| find(name, Some(path), dir.path()).ok();
        assert_eq!(find("tool", bin.as_os_str()), Some(bin.join("tool")));
        assert_eq!(find("tool", "bin".as_ref()), Some(bin.join("tool")));
        assert_eq!(find("bin/tool", "".as_ref()), Some(bin.join("tool")));
        assert_eq!(find("tool", "~".as_ref()), None, "a shell would have put a folder in its place");
        assert_eq!(find("tool", "/nowhere".as_ref()), None);
        assert_eq!(super::find("tool", None, dir.path()).ok(), None, "no PATH, no program");
    }
}
