//! Makes the binaries of the recipes, once for each hash of everything they are made from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::support::{project, tools};

use super::recipes::{PRELUDE, Recipe};

/// The folder with the binaries' sources.
fn programs() -> PathBuf {
    tools::checkout().join("tests/suite/oracle/programs")
}

/// Where the packages are.
fn packages() -> PathBuf {
    tools::fetched("cache/packages")
}

/// What is made, and where it is kept.
pub(super) struct Kitchen {
    kept: PathBuf,
    /// Hash of what every recipe has in common: functions, compilers, packages.
    common: Sha256,
}

impl Kitchen {
    /// # Panics
    /// Without go or gcc.
    pub(super) fn open() -> Self {
        let mut common = Sha256::new();
        common.update(PRELUDE);
        common.update(said_by(tools::go().as_os_str(), "version"));
        common.update(said_by("gcc".as_ref(), "--version"));
        for version in ["trixie/amd64/libc6", "bookworm/amd64/musl-dev"] {
            common.update(fs::read(packages().join(format!("{version}.version"))).unwrap_or_default());
        }
        Self { kept: tools::fetched("cache/oracle/binaries"), common }
    }

    /// The folder with `app` and what lies beside it.
    ///
    /// # Errors
    /// Where it cannot be made: what the compilers said.
    pub(super) fn make(&self, recipe: &Recipe) -> Result<PathBuf, String> {
        let mut hash = self.common.clone();
        hash.update(&recipe.script);
        add_folder(&mut hash, &programs(), &|path| {
            let name = path.file_name().expect("an entry has a name").to_string_lossy();
            path.is_file() || recipe.script.contains(&format!("./{name}"))
        });
        if recipe.script.contains("zig") || recipe.script.contains("loaders") {
            hash.update(said_by(tools::fetched("zig/ziglang/zig").as_os_str(), "version"));
        }
        let digest = hash.finalize();
        let key = u64::from_be_bytes(digest[..8].try_into().expect("a digest has 32 bytes"));
        let done = self.kept.join(format!("{}.{key:016x}", recipe.name));
        if done.is_dir() {
            return Ok(done);
        }
        self.forget(&recipe.name);
        let new = self.kept.join(format!("{}.new", recipe.name));
        let _ = fs::remove_dir_all(&new);
        fs::create_dir_all(&new).expect("a folder can be made");
        let work = tempfile::TempDir::new().expect("a temporary folder can be made");
        project::copy(&programs(), work.path());
        let script = format!("{PRELUDE}\n{}\n", recipe.script);
        let made = Command::new("bash")
            .args(["-c", &script])
            .current_dir(work.path())
            .env_clear()
            .env("PATH", tools::path())
            .env("HOME", work.path())
            .env("LC_ALL", "C")
            .env("GOAMD64", "v1")
            .env("TOOLS", tools::fetched(""))
            .env("PACKAGES", packages())
            .env("OUT", &new)
            .env("ZIG_GLOBAL_CACHE_DIR", tools::fetched("cache/zig"))
            .env("ZIG_LOCAL_CACHE_DIR", tools::fetched("cache/zig"))
            .envs(tools::go_environment())
            .stdin(Stdio::null())
            .output()
            .expect("bash can be started");
        let said = String::from_utf8_lossy(&made.stderr);
        if !made.status.success() || !new.join("app").is_file() {
            let _ = fs::remove_dir_all(&new);
            return Err(format!("{} was not made\n{}\n{said}", recipe.name, recipe.script));
        }
        fs::rename(&new, &done).expect("a folder can be renamed");
        Ok(done)
    }

    /// Removes what was made of an older recipe of this name.
    fn forget(&self, name: &str) {
        for entry in fs::read_dir(&self.kept).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            if file.rsplit_once('.').is_some_and(|(of, _)| of == name) {
                fs::remove_dir_all(entry.path()).expect("a folder can be removed");
            }
        }
    }
}

/// Names and contents of what is wanted, in order.
fn add_folder(hash: &mut Sha256, folder: &Path, wanted: &dyn Fn(&Path) -> bool) {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| wanted(path)) {
        hash.update(path.file_name().expect("an entry has a name").as_encoded_bytes());
        if path.is_dir() {
            add_folder(hash, &path, &|_| true);
        } else {
            hash.update(fs::read(&path).expect("a source can be read"));
        }
    }
}

/// What a compiler says about itself.
fn said_by(program: &std::ffi::OsStr, argument: &str) -> Vec<u8> {
    let mut command = Command::new(program);
    let said = command.arg(argument).envs(tools::go_environment()).stdin(Stdio::null()).output();
    said.unwrap_or_else(|error| panic!("{}: {error}", program.display())).stdout
}
