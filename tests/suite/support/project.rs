//! A module in a temporary folder.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::run::Run;
use super::tools;
use super::tree::Tree;

/// A folder with a Go module in `work`; home and caches of the user beside it. Gone when dropped.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A folder without a file.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(folder.path().join("work")).expect("a folder can be made");
        fs::create_dir(folder.path().join("home")).expect("a folder can be made");
        Self { folder }
    }

    /// A module with a program that prints `hello`, at its top.
    pub(crate) fn hello() -> Self {
        Self::empty()
            .file("go.mod", "module example.com/shop\n\ngo 1.22\n")
            .file("main.go", "package main\n\nimport \"fmt\"\n\nvar version = \"none\"\n\nfunc main() { fmt.Println(\"hello\", version) }\n")
    }

    /// A copy of a folder of `examples/`, without what an earlier build left there.
    pub(crate) fn example(name: &str) -> Self {
        let project = Self::empty();
        copy(&tools::checkout().join("examples").join(name), &project.dir());
        let _ = fs::remove_file(project.path(name));
        project
    }

    /// Adds a file (or replaces it), with the folders above it.
    pub(crate) fn file(self, path: impl AsRef<OsStr>, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
        self
    }

    /// Adds a folder.
    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.path(path)).expect("a folder can be made");
        self
    }

    /// Where the module is.
    pub(crate) fn dir(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// A path inside the module.
    pub(crate) fn path(&self, path: impl AsRef<OsStr>) -> PathBuf {
        self.dir().join(path.as_ref())
    }

    /// The temporary folder itself.
    pub(crate) fn top(&self) -> &Path {
        self.folder.path()
    }

    /// What a file of the module holds.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether there is something at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// Everything in the module's folder.
    pub(crate) fn tree(&self) -> Tree {
        Tree::of(&self.dir())
    }

    /// Moves the module aside and puts a copy of it at the same path: two runs in the same state, whose
    /// messages and binaries may hold the path.
    pub(crate) fn keep_copy(&self) {
        copy(&self.dir(), &self.folder.path().join("kept"));
    }

    /// Back to what [`Self::keep_copy`] saw.
    pub(crate) fn restore_copy(&self) {
        fs::remove_dir_all(self.dir()).expect("the folder can be removed");
        fs::rename(self.folder.path().join("kept"), self.dir()).expect("the folder can be moved");
    }

    /// gobuild, in the module.
    pub(crate) fn gobuild<A: Into<OsString>>(&self, args: impl IntoIterator<Item = A>) -> Run {
        self.run(env!("CARGO_BIN_EXE_gobuild"), args)
    }

    /// The real go, in the module.
    pub(crate) fn go<A: Into<OsString>>(&self, args: impl IntoIterator<Item = A>) -> Run {
        self.run(tools::go(), args)
    }

    /// Any program, in the module: home and caches are this project's own, but for go's.
    pub(crate) fn run<A: Into<OsString>>(
        &self,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = A>,
    ) -> Run {
        let home = self.folder.path().join("home");
        let mut run = Run::new(program.as_ref(), &self.dir(), self.folder.path())
            .env("PATH", tools::path())
            .env("HOME", &home)
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C");
        for (name, value) in tools::go_environment() {
            run = run.env(name, value);
        }
        run.args(args)
    }
}

/// Copies a folder with everything in it; links stay links.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("the folder can be read");
        let kind = entry.file_type().expect("the file is still there");
        let target = to.join(entry.file_name());
        if kind.is_dir() {
            copy(&entry.path(), &target);
        } else if kind.is_symlink() {
            let link = fs::read_link(entry.path()).expect("the link can be read");
            std::os::unix::fs::symlink(link, target).expect("a link can be made");
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
