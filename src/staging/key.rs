//! Which stage belongs to an output.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::host::hex::hex;

/// Name of a stage in the cache. go links anew whenever it does not find its last result at `-o`, so two
/// builds share a stage exactly where they share their output, target, platform and build mode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// From the user's output (a file that may be missing, or a folder), the target's name, the platform
    /// as `os/arch/variant`, and go's `-buildmode`.
    pub fn new(output: &Path, target: &str, platform: &str, build_mode: &str) -> Self {
        let mut hash = Sha256::new();
        let output = canonical(output);
        let fields = [output.as_os_str().as_encoded_bytes(), target.as_bytes(), platform.as_bytes()];
        for field in fields.into_iter().chain([build_mode.as_bytes()]) {
            hash.update(field.len().to_le_bytes());
            hash.update(field);
        }
        Self(hex(&hash.finalize()[..16]))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The path without links and dots, so that `bin/rpc`, `./bin/rpc` and `../app/bin/rpc` are one output.
/// A link at the end is the output itself (it is replaced, not followed), unless it leads to a folder.
pub fn canonical(path: &Path) -> PathBuf {
    if path.is_dir()
        && let Ok(real) = path.canonicalize()
    {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => canonical(parent).join(name),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_output_has_one_key_however_it_is_written() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path();
        std::fs::create_dir(dir.join("real")).unwrap();
        std::os::unix::fs::symlink("real", dir.join("link")).unwrap();
        std::os::unix::fs::symlink("elsewhere", dir.join("real/rpc")).unwrap();
        let key = |path: &str| Key::new(&dir.join(path), "alpine", "linux/amd64", "");
        let first = key("real/rpc");
        for same in ["link/rpc", "./real/./rpc", "real/../real/rpc"] {
            assert_eq!(key(same), first, "{same}");
        }
        assert_ne!(key("real/other"), first);
        assert_eq!(key("link/missing/x"), key("real/missing/x"));
        for (target, platform, mode) in
            [("debian", "linux/amd64", ""), ("alpine", "linux/arm64", ""), ("alpine", "linux/amd64", "pie")]
        {
            assert_ne!(Key::new(&dir.join("real/rpc"), target, platform, mode), first);
        }
    }
}
