//! Finding and reading gobuild.toml. What is in it is the business of [`crate::config`].

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::host::file::{read_found, read_typed};

/// The file's name.
pub const NAME: &str = "gobuild.toml";

/// The largest file that is read, in bytes. A real one has some hundred; what is larger is something else
/// under that name, `/dev/zero` for one.
const LARGEST: u64 = 1024 * 1024;

/// A configuration file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// The path as it should be shown: as typed, or relative to the directory it was searched from.
    pub shown: PathBuf,
    /// The folder it is in, absolute: relative paths in the file start there.
    pub dir: PathBuf,
    /// Its text.
    pub text: String,
}

/// Reads `explicit` (relative to `dir`), or else the first gobuild.toml in `dir` and its parents; none
/// is not an error, one that cannot be read is.
pub fn discover(explicit: Option<&Path>, dir: &Path) -> Result<Option<ConfigFile>> {
    if let Some(explicit) = explicit {
        let bytes =
            read_typed(&dir.join(explicit), LARGEST).map_err(|error| Error::io("read", explicit, &error))?;
        return config_file(explicit, &dir.join(explicit), bytes).map(Some);
    }
    let mut shown = PathBuf::from(NAME);
    for folder in dir.ancestors() {
        let path = folder.join(NAME);
        match read_found(&path, LARGEST) {
            Ok(Some(bytes)) => return config_file(&shown, &path, bytes).map(Some),
            Ok(None) => shown = Path::new("..").join(shown),
            Err(error) => return Err(Error::io("read", &shown, &error)),
        }
    }
    Ok(None)
}

fn config_file(shown: &Path, path: &Path, bytes: Vec<u8>) -> Result<ConfigFile> {
    let dir = path.parent().unwrap_or(path).to_owned();
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.split(|byte| *byte == b'\n').count();
        Error::new(format!("cannot read {}: line {line} is not UTF-8", shown.display()))
    })?;
    Ok(ConfigFile { shown: shown.to_owned(), dir, text })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_one_upwards_is_taken_and_shown_relative() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(root.path().join(NAME), "outer").unwrap();
        let found = discover(None, &deep).unwrap().unwrap();
        assert_eq!((found.text.as_str(), found.dir.as_path()), ("outer", root.path()));
        assert_eq!(found.shown, Path::new("../../gobuild.toml"));
        fs::write(deep.join(NAME), "inner").unwrap();
        assert_eq!(discover(None, &deep).unwrap().unwrap().text, "inner");
    }

    #[test]
    fn an_explicit_one_must_be_there() {
        let root = tempfile::tempdir().unwrap();
        let error = discover(Some(Path::new("other.toml")), root.path()).unwrap_err();
        assert_eq!(error.message, "cannot read other.toml: no such file or directory");
        fs::create_dir(root.path().join("conf")).unwrap();
        fs::write(root.path().join("conf/other.toml"), "x").unwrap();
        let found = discover(Some(Path::new("conf/other.toml")), root.path()).unwrap().unwrap();
        assert_eq!(found.shown, Path::new("conf/other.toml"));
        assert_eq!(found.dir, root.path().join("conf"));
    }

    #[test]
    fn what_has_no_end_is_not_read_to_it() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", root.path().join(NAME)).unwrap();
        let error = discover(None, root.path()).unwrap_err();
        assert_eq!(error.message, "cannot read gobuild.toml: it is not a regular file");
        let error = discover(Some(Path::new(NAME)), root.path()).unwrap_err();
        assert_eq!(error.message, "cannot read gobuild.toml: it has more than 1048576 bytes");
    }

    #[test]
    fn what_cannot_be_read_is_not_passed_over() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("shared/gobuild.toml", root.path().join(NAME)).unwrap();
        let error = discover(None, root.path()).unwrap_err();
        let said = "cannot read gobuild.toml: it is a link to shared/gobuild.toml, which is not there";
        assert_eq!(error.message, said);
        fs::remove_file(root.path().join(NAME)).unwrap();
        fs::write(root.path().join(NAME), b"a = 1\nb = \xff\n").unwrap();
        let error = discover(None, root.path()).unwrap_err();
        assert_eq!(error.message, "cannot read gobuild.toml: line 2 is not UTF-8");
        fs::remove_file(root.path().join(NAME)).unwrap();
        fs::create_dir(root.path().join(NAME)).unwrap();
        let error = discover(None, root.path()).unwrap_err();
        assert_eq!(error.message, "cannot read gobuild.toml: is a directory");
    }
}
