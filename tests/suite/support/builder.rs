//! Builds Dockerfiles and starts what comes out, where an engine with `BuildKit` answers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A docker whose `build` is that of `BuildKit`.
pub(crate) struct Builder {
    program: PathBuf,
    /// Images and containers of this run, to be removed.
    prefix: String,
}

impl Builder {
    /// The docker on PATH, else the distribution's. An error says why there is none.
    pub(crate) fn find() -> Result<Self, String> {
        let mut said = Vec::new();
        for program in ["docker", "/usr/bin/docker"] {
            let prefix = format!("gobuild-test-{}", unique());
            let builder = Self { program: program.into(), prefix };
            let answers = builder.command(&["version"]).output().is_ok_and(|done| done.status.success());
            if !answers {
                said.push(format!("{program}: it does not answer"));
                continue;
            }
            let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
            let text = "FROM scratch\nCOPY --chmod=0755 Dockerfile /\n";
            std::fs::write(folder.path().join("Dockerfile"), text).expect("a file can be written");
            match builder.build(folder.path(), "probe", &[]) {
                Ok(()) => return Ok(builder),
                Err(words) => said.push(format!("{program}: {}", words.lines().next().unwrap_or_default())),
            }
        }
        Err(format!("no container engine with BuildKit answers ({})", said.join("; ")))
    }

    /// The name under which this run has an image: a registry's images of the machine are not touched.
    pub(crate) fn name(&self, image: &str) -> String {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
        format!("{}:{}", self.prefix, image.chars().map(plain).collect::<String>())
    }

    /// Makes a base image of a folder, with instructions for its configuration.
    pub(crate) fn import(&self, folder: &Path, image: &str, changes: &[&str]) {
        let archive = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let packed =
            Command::new("tar").arg("-C").arg(folder).arg("-cf").arg(archive.path()).arg(".").output();
        assert!(packed.expect("tar runs").status.success(), "the root file system can be packed");
        let mut args = vec!["import"];
        for change in changes {
            args.extend(["--change", change]);
        }
        let (path, name) = (archive.path().to_string_lossy().into_owned(), self.name(image));
        args.extend([path.as_str(), name.as_str()]);
        self.succeed(&args);
    }

    /// Builds a folder's Dockerfile without network.
    pub(crate) fn build(&self, folder: &Path, image: &str, more: &[&str]) -> Result<(), String> {
        let folder = folder.to_string_lossy().into_owned();
        let name = self.name(image);
        let fixed = ["build", "--network", "none", "--tag", &name];
        let done = self.command(&[&fixed, more, &[&folder]].concat()).output();
        let done = done.map_err(|error| error.to_string())?;
        if done.status.success() { Ok(()) } else { Err(text(&done)) }
    }

    /// Starts a container without network, waits until a command in it ends well, and gives what that said.
    pub(crate) fn started(&self, image: &str, ask: &[&str]) -> String {
        let container = format!("{}-{}", self.prefix, unique());
        let name = self.name(image);
        self.succeed(&["run", "--detach", "--network", "none", "--name", &container, &name]);
        // Each try is a round trip to the engine, which is longer than the service needs to start.
        let mut last = String::new();
        for _ in 0..50 {
            let done = self.run(&[&["exec", &container], ask].concat());
            last = text(&done);
            if done.status.success() {
                self.succeed(&["rm", "--force", &container]);
                return String::from_utf8_lossy(&done.stdout).into_owned();
            }
        }
        let logs = text(&self.run(&["logs", &container]));
        self.succeed(&["rm", "--force", &container]);
        panic!("{image}: {ask:?}: {last}\n{logs}");
    }

    /// A file of an image, without starting anything.
    pub(crate) fn file(&self, image: &str, path: &str) -> Vec<u8> {
        let container = format!("{}-{}", self.prefix, unique());
        let name = self.name(image);
        self.succeed(&["create", "--name", &container, &name, "/none"]);
        let done = self.run(&["cp", &format!("{container}:{path}"), "-"]);
        self.succeed(&["rm", "--force", &container]);
        assert!(done.status.success(), "{path}: {}", text(&done));
        let mut archive = tar::Archive::new(done.stdout.as_slice());
        let mut entry = archive.entries().expect("a tar").next().expect("a file").expect("a file");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).expect("memory takes it");
        content
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).env("DOCKER_BUILDKIT", "1").env("BUILDKIT_PROGRESS", "plain");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap_or_else(|error| panic!("{args:?}: {error}"))
    }

    fn succeed(&self, args: &[&str]) {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", text(&done));
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        let listed = self.run(&["images", "--format", "{{.Repository}}:{{.Tag}}", &self.prefix]);
        for name in String::from_utf8_lossy(&listed.stdout).lines() {
            self.run(&["rmi", "--force", name]);
        }
    }
}

fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn text(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stderr), String::from_utf8_lossy(&done.stdout))
}
