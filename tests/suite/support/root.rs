//! Starts a binary inside a root file system: what a pod would do, without a container engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{project, tools};

/// A copy of one of the root file systems of `scripts/roots.sh`, with files added.
pub(crate) struct Root {
    folder: TempDir,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It ran and ended: status and standard output.
    Exited { status: i32, stdout: String },
    /// The kernel answered ENOENT: no such file, or the file's loader is missing.
    NoSuchFile,
}

impl Ran {
    /// It ran, printed this and ended well.
    pub(crate) fn well(stdout: &str) -> Self {
        Self::Exited { status: 0, stdout: stdout.to_owned() }
    }
}

impl Root {
    /// `empty`, `musl` or `debian`.
    ///
    /// # Panics
    /// Where the root was not made: run `scripts/tools.sh` (`make test` does).
    pub(crate) fn of(name: &str) -> Self {
        let from = tools::fetched("roots").join(name);
        assert!(from.is_dir(), "{} is missing: run scripts/tools.sh", from.display());
        let folder = TempDir::new().expect("a temporary folder can be made");
        project::copy(&from, folder.path());
        Self { folder }
    }

    /// Adds a file at a path inside the root.
    pub(crate) fn with(self, path: &str, from: &Path) -> Self {
        let to = self.folder.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(to.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        self
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a program of the root. An error says why this machine cannot do that.
    pub(crate) fn run(&self, program: &str, args: &[&str]) -> Result<Ran, String> {
        let mut command = self.enter()?;
        let done = command
            .arg(program)
            .args(args)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&done.stderr);
        // chroot and unshare end with 127 where exec gave ENOENT, and say so.
        if done.status.code() == Some(127) && said.contains("No such file or directory") {
            return Ok(Ran::NoSuchFile);
        }
        assert!(done.status.success(), "{program} in {}: {}\n{said}", self.path().display(), done.status);
        let stdout = String::from_utf8_lossy(&done.stdout).into_owned();
        Ok(Ran::Exited { status: done.status.code().unwrap_or(-1), stdout })
    }

    /// chroot for root, an unprivileged user namespace for everybody else.
    fn enter(&self) -> Result<Command, String> {
        if rustix::process::geteuid().is_root() {
            let mut command = Command::new(find("chroot")?);
            command.arg(self.path());
            return Ok(command);
        }
        let unshare = find("unshare")?;
        let probe = Command::new(&unshare).args(["--map-root-user", "true"]).output();
        let allowed = probe.is_ok_and(|done| done.status.success());
        if !allowed {
            return Err("this machine allows neither chroot nor an unprivileged user namespace".into());
        }
        let mut command = Command::new(unshare);
        command.arg("--map-root-user").arg(format!("--root={}", self.path().display()));
        Ok(command)
    }
}

fn find(program: &str) -> Result<PathBuf, String> {
    let mut path = tools::path();
    path.push(":/usr/sbin:/sbin");
    which::which_in(program, Some(path), "/").map_err(|_| format!("{program} was not found"))
}
