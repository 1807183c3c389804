//! The two small programs that stand for zig's compilers, and whether zig has made its C library for them.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::cache::kept;
use crate::cache::{make_private, private};
use crate::error::{Error, Result};
use crate::host::file;
use crate::plan::zig::Wrapper;

/// Writes what is missing. A program whose text is right is never touched: it may be running.
pub fn write(wrapper: &Wrapper) -> Result<()> {
    let failed = |error: io::Error| {
        Error::io("write", &wrapper.folder, &error).help("export GOBUILD_CACHE=/tmp/gobuild-cache")
    };
    make_private(&wrapper.folder).map_err(failed)?;
    private(wrapper.folder.parent().unwrap_or(&wrapper.folder))?;
    for (path, text) in [(wrapper.cc_path(), &wrapper.cc), (wrapper.cxx_path(), &wrapper.cxx)] {
        if !file::read_at_most(&path, text.len() as u64).is_ok_and(|there| there == text.as_bytes()) {
            program(&wrapper.folder, &path, text).map_err(failed)?;
        }
    }
    Ok(())
}

fn program(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut temp = tempfile::NamedTempFile::new_in(folder)?;
    temp.write_all(text.as_bytes())?;
    temp.as_file().set_permissions(fs::Permissions::from_mode(0o700))?;
    temp.persist(path)?;
    Ok(())
}

/// Whether a build with it has come to its end: until then zig compiles a C library first, which takes
/// minutes.
pub fn is_warm(wrapper: &Wrapper) -> bool {
    wrapper.folder.join("warm").exists()
}

/// A build with it has come to its end.
pub fn set_warm(wrapper: &Wrapper) {
    // Not noted, the line about the wait comes once more.
    let _ = kept::marker(&wrapper.folder.join("warm"));
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;

    #[test]
    fn a_program_is_written_once_and_put_right_where_it_was_spoilt() {
        let cache = tempfile::tempdir().unwrap();
        let flags = ["-target".to_owned(), "x86_64-linux-musl".to_owned()];
        let wrapper = Wrapper::new(cache.path(), Path::new("/bin/echo"), "1", &flags).unwrap();
        write(&wrapper).unwrap();
        let inode = || fs::metadata(wrapper.cc_path()).unwrap().ino();
        let first = inode();
        write(&wrapper).unwrap();
        assert_eq!(inode(), first);
        let said = duct::cmd(wrapper.cxx_path(), ["a b", "c"]).read().unwrap();
        assert_eq!(said, "c++ -target x86_64-linux-musl a b c");
        fs::write(wrapper.cc_path(), "spoilt").unwrap();
        write(&wrapper).unwrap();
        assert_eq!(fs::read_to_string(wrapper.cc_path()).unwrap(), wrapper.cc);
    }
}
