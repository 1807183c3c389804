//! What an answer of `go env` is made from.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::{Env, variable};
use crate::host::hex::hex;
use crate::host::identity::Identity;
use crate::host::program;

/// Changed whenever the form of what is remembered changes.
const VERSION: &str = "2";

/// Variables without a common beginning that answers depend on; the others start with `GO` or `CGO_`.
const NAMES: &[&str] = &[
    "AR",
    "APPDATA",
    "CC",
    "CXX",
    "FC",
    "GCCGO",
    "GCC_EXEC_PREFIX",
    "HOME",
    "HOSTTYPE",
    "PATH",
    "PKG_CONFIG",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
];

/// A file by its content: a file of a few lines is read as fast as it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    path: PathBuf,
    /// None where there is no such file.
    sha256: Option<String>,
}

impl Content {
    /// Whether the file still has that content.
    pub(super) fn is_current(&self) -> bool {
        content(self.path.clone()) == *self
    }
}

/// The content of a file now.
pub(super) fn content(path: PathBuf) -> Content {
    let sha256 = fs::read(&path).ok().map(|bytes| hex(&Sha256::digest(bytes)));
    Content { path, sha256 }
}

/// Names the answer: the identity of go, the variables, the directory, the C compilers that `PATH` leads
/// to (whether there is one decides the default of `CGO_ENABLED`), and the `go` and `toolchain` lines
/// (they can switch to another go). None where go cannot be looked at, or is not what it seems: a
/// script or a shim in its place (pyenv, mise, pip) may start another go tomorrow without having changed.
pub(super) fn key(go: &Path, env: &Env, dir: &Path) -> Option<String> {
    let real = go.canonicalize().ok()?;
    // Every distribution of Go has this file, two folders above its go.
    real.parent()?.parent().filter(|root| root.join("VERSION").is_file())?;
    let identity = Identity::from(&fs::metadata(&real).ok()?);
    let mut hash = Sha256::new();
    let mut add = |name: &str, value: &[u8]| {
        // With its length in front no value can pose as the next field.
        hash.update(format!("{name}:{}:", value.len()));
        hash.update(value);
    };
    add("version", VERSION.as_bytes());
    add("go", real.as_os_str().as_encoded_bytes());
    // Not ctime: a link made to go does not make it another one.
    let shown = (identity.device, identity.inode, identity.size, identity.modified);
    add("identity", format!("{shown:?}").as_bytes());
    add("dir", dir.as_os_str().as_encoded_bytes());
    for (name, value) in env.iter().filter(|(name, _)| matters(name)) {
        add("variable", name.as_encoded_bytes());
        add("value", value.as_encoded_bytes());
    }
    for compiler in ["gcc", "clang"] {
        let found = program::find(compiler, variable(env, "PATH"), dir).unwrap_or_default();
        add(compiler, found.as_os_str().as_encoded_bytes());
    }
    for file in version_files(env, dir) {
        add("file", file.as_os_str().as_encoded_bytes());
        add("lines", version_lines(&fs::read_to_string(&file).unwrap_or_default()).as_bytes());
    }
    Some(hex(&hash.finalize()))
}

fn matters(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("GO") || name.starts_with("CGO_") || NAMES.contains(&&*name)
}

/// The nearest go.mod and go.work upwards, and a go.work that is named.
fn version_files(env: &Env, dir: &Path) -> Vec<PathBuf> {
    let nearest = |name: &str| dir.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file());
    let named = variable(env, "GOWORK").map(|path| dir.join(path));
    [nearest("go.mod"), nearest("go.work"), named].into_iter().flatten().collect()
}

fn version_lines(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("go ") || line.starts_with("toolchain "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Env {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn fake_go(root: &Path) -> PathBuf {
        fs::create_dir(root.join("bin")).unwrap();
        fs::write(root.join("VERSION"), "go1.27.3\n").unwrap();
        fs::write(root.join("bin/go"), "one").unwrap();
        root.join("bin/go")
    }

    #[test]
    fn a_shim_is_asked_every_time() {
        let root = tempfile::tempdir().unwrap();
        let go = fake_go(root.path());
        assert!(key(&go, &Env::new(), root.path()).is_some());
        fs::remove_file(root.path().join("VERSION")).unwrap();
        assert_eq!(key(&go, &Env::new(), root.path()), None);
    }

    #[test]
    fn what_go_looks_at_is_in_the_key_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("m/sub");
        fs::create_dir_all(&dir).unwrap();
        let go = fake_go(root.path());
        let module = root.path().join("m/go.mod");
        fs::write(&module, "module m\n\ngo 1.20\n").unwrap();
        let base = env(&[("PATH", "/nowhere")]);
        let first = key(&go, &base, &dir).unwrap();
        assert_eq!(key(&go, &env(&[("PATH", "/nowhere"), ("LANG", "C")]), &dir).unwrap(), first);
        for pair in [("GOFLAGS", "-v"), ("CGO_CFLAGS", "-g"), ("CC", "cc"), ("HOME", "/h")] {
            assert_ne!(key(&go, &env(&[("PATH", "/nowhere"), pair]), &dir).unwrap(), first, "{pair:?}");
        }
        fs::write(&module, "module m\n\ngo 1.20\n\nrequire x v1.0.0\n").unwrap();
        assert_eq!(key(&go, &base, &dir).unwrap(), first);
        fs::write(&module, "module m\n\ngo 1.20\ntoolchain go1.27.0\n").unwrap();
        let switched = key(&go, &base, &dir).unwrap();
        assert_ne!(switched, first);
        fs::write(&go, "another").unwrap();
        assert_ne!(key(&go, &base, &dir).unwrap(), switched);
        fs::remove_file(&go).unwrap();
        assert_eq!(key(&go, &base, &dir), None);
    }

    #[test]
    fn a_compiler_that_was_installed_meanwhile_counts() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let go = fake_go(root.path());
        let env = env(&[("PATH", root.path().to_str().unwrap())]);
        let without = key(&go, &env, root.path()).unwrap();
        let gcc = root.path().join("gcc");
        fs::write(&gcc, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&gcc, fs::Permissions::from_mode(0o755)).unwrap();
        assert_ne!(key(&go, &env, root.path()).unwrap(), without);
    }
}
