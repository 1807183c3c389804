//! Starts a binary in a container, where an engine answers.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A container engine that answers.
pub(crate) struct Engine {
    program: &'static str,
}

/// An image made from a folder; removed when dropped.
pub(crate) struct Image<'a> {
    engine: &'a Engine,
    name: String,
}

impl Engine {
    /// docker, else podman.
    pub(crate) fn find() -> Option<Self> {
        // Both ask the server, and fail where none answers; `docker info` does not in every release.
        [("docker", "version"), ("podman", "info")].into_iter().find_map(|(program, probe)| {
            let answer = Command::new(program).arg(probe).output();
            answer.is_ok_and(|done| done.status.success()).then_some(Self { program })
        })
    }

    /// Makes an image of everything in a folder.
    pub(crate) fn import(&self, folder: &Path) -> Image<'_> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gobuild-test-{}-{count}:latest", std::process::id());
        let archive = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let packed =
            Command::new("tar").arg("-C").arg(folder).arg("-cf").arg(archive.path()).arg(".").output();
        assert!(packed.expect("tar runs").status.success(), "the root file system can be packed");
        let done = self.run(&["import", &archive.path().to_string_lossy(), &name]);
        assert!(done.status.success(), "{} import: {}", self.program, String::from_utf8_lossy(&done.stderr));
        Image { engine: self, name }
    }

    /// Takes the one image of an archive as `docker save` writes it, under the name that it has there.
    pub(crate) fn load(&self, archive: &Path, name: &str) -> Image<'_> {
        let done = self.run(&["load", "--input", &archive.to_string_lossy()]);
        assert!(done.status.success(), "{} load: {}", self.program, String::from_utf8_lossy(&done.stderr));
        Image { engine: self, name: name.to_owned() }
    }

    fn run(&self, args: &[&str]) -> Output {
        let done = Command::new(self.program).args(args).output();
        done.unwrap_or_else(|error| panic!("{} {args:?}: {error}", self.program))
    }
}

impl Image<'_> {
    /// Its name with a tag.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Runs a program in a container without network: whether it ended well, and both streams.
    pub(crate) fn run(&self, command: &[&str]) -> (bool, String) {
        let fixed = ["run", "--rm", "--network", "none", self.name.as_str()];
        let done = self.engine.run(&[&fixed, command].concat());
        let mut text = String::from_utf8_lossy(&done.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&done.stderr));
        (done.status.success(), text)
    }
}

impl Drop for Image<'_> {
    fn drop(&mut self) {
        self.engine.run(&["rmi", "--force", &self.name]);
    }
}
