//! A machine as gobuild sees it: go, a shell, and what a test puts on PATH beside them.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use super::project::Project;
use super::run::Run;
use super::tools;

/// A folder of links: nothing else of this machine is on PATH.
pub(crate) struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// A machine without any C compiler.
    pub(crate) fn new(project: &Project) -> Self {
        let folder = project.top().join("machine");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("a folder can be made");
        let go = tools::go().canonicalize().expect("go is there");
        Self { folder }.link("go", &go).own("sh")
    }

    /// A program of this machine, where it has it.
    pub(crate) fn own(self, name: &str) -> Self {
        match which::which(name) {
            Ok(found) => self.link(name, &found),
            Err(_) => self,
        }
    }

    /// gcc with what it starts.
    pub(crate) fn gcc(self) -> Self {
        self.own("gcc").own("as").own("ld")
    }

    /// The fetched zig.
    pub(crate) fn zig(self) -> Self {
        self.link("zig", &tools::fetched("zig/ziglang/zig"))
    }

    /// The fetched musl-gcc, which calls gcc by its path, so that gcc itself stays unseen.
    pub(crate) fn musl_gcc(self) -> Self {
        self.link("musl-gcc", &tools::fetched("musl/bin/musl-gcc")).own("as").own("ld")
    }

    /// A program under another name.
    pub(crate) fn link(self, name: &str, to: &Path) -> Self {
        symlink(to, self.folder.join(name)).expect("a link can be made");
        self
    }

    /// A script for `sh`.
    pub(crate) fn script(self, name: &str, text: &str) -> Self {
        let path = self.folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}")).expect("a script can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        self
    }

    /// Where it is.
    pub(crate) fn path(&self) -> OsString {
        self.folder.clone().into_os_string()
    }

    /// gobuild on it. The cache is one for all tests: in a new one zig makes its C library anew.
    pub(crate) fn gobuild(&self, project: &Project, args: &[&str]) -> Run {
        project
            .gobuild(args.iter().copied())
            .env("PATH", self.path())
            .env("REALGCC", which::which("gcc").unwrap_or_default())
            .env("GOBUILD_CACHE", tools::fetched("cache/gobuild"))
    }
}
