//! Builds Dockerfiles and starts what comes out, with each of the programs that people build them with.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use super::tools;

/// What reads the Dockerfile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// docker, as it builds since 23.0.
    BuildKit,
    /// docker, as it built before, and with `DOCKER_BUILDKIT=0`.
    Classic,
    /// `podman build`.
    Podman,
    /// `buildah build`; podman starts what comes out.
    Buildah,
}

impl Kind {
    fn is_docker(self) -> bool {
        matches!(self, Self::BuildKit | Self::Classic)
    }
}

/// One of them, that builds.
pub(crate) struct Builder {
    /// Which one.
    pub(crate) kind: Kind,
    program: PathBuf,
    env: Vec<(&'static str, OsString)>,
    /// Images and containers of this run, to be removed.
    prefix: String,
    /// podman's images and containers, which are this run's alone.
    store: Option<TempDir>,
}

impl Builder {
    /// The docker on PATH, else the distribution's; podman and buildah as `scripts/podman.sh` laid them out. An
    /// error says why there is none.
    pub(crate) fn find(kind: Kind) -> Result<Self, String> {
        let found = if kind.is_docker() { Self::docker(kind) } else { Self::podman(kind) };
        found.map_err(|said| format!("no container engine builds with {kind:?} ({said})"))
    }

    fn docker(kind: Kind) -> Result<Self, String> {
        let mut said = Vec::new();
        for program in ["docker", "/usr/bin/docker"] {
            let switch = if kind == Kind::Classic { "0" } else { "1" };
            let builder = Self {
                kind,
                program: program.into(),
                env: vec![("DOCKER_BUILDKIT", switch.into()), ("BUILDKIT_PROGRESS", "plain".into())],
                prefix: format!("gobuild-test-{}", unique()),
                store: None,
            };
            let answers = builder.command(&["version"]).output().is_ok_and(|done| done.status.success());
            if !answers {
                said.push(format!("{program}: it does not answer"));
                continue;
            }
            let folder = TempDir::new().expect("a temporary folder can be made");
            let copy = if kind == Kind::Classic { "COPY" } else { "COPY --chmod=0755" };
            let text = format!("FROM scratch\n{copy} Dockerfile /\n");
            std::fs::write(folder.path().join("Dockerfile"), text).expect("a file can be written");
            match builder.build(folder.path(), "probe", &[]) {
                Ok(()) => return Ok(builder),
                Err(words) => said.push(format!("{program}: {}", words.lines().next().unwrap_or_default())),
            }
        }
        Err(said.join("; "))
    }

    fn podman(kind: Kind) -> Result<Self, String> {
        let root = tools::fetched("podman");
        if !root.join("complete").exists() {
            return Err("podman is missing: scripts/tools.sh fetches it".to_owned());
        }
        let store = TempDir::new().expect("a temporary folder can be made");
        let folder = store.path().display();
        let storage = format!(
            "[storage]\ndriver = \"vfs\"\ngraphroot = \"{folder}/images\"\nrunroot = \"{folder}/run\"\n"
        );
        std::fs::write(store.path().join("storage.conf"), storage).expect("a file can be written");
        let path = std::env::join_paths([
            root.join("root/usr/bin"),
            "/usr/sbin".into(),
            "/usr/bin".into(),
            "/sbin".into(),
            "/bin".into(),
        ]);
        let env = vec![
            ("HOME", root.join("home").into()),
            ("PATH", path.expect("no folder has a colon")),
            ("LD_LIBRARY_PATH", root.join("libraries").into()),
            ("CONTAINERS_CONF", root.join("containers.conf").into()),
            ("CONTAINERS_REGISTRIES_CONF", root.join("registries.conf").into()),
            ("CONTAINERS_STORAGE_CONF", store.path().join("storage.conf").into()),
        ];
        let program = root.join("root/usr/bin/podman");
        let builder =
            Self { kind, program, env, prefix: "localhost/gobuild-test".to_owned(), store: Some(store) };
        let folder = TempDir::new().expect("a temporary folder can be made");
        std::fs::create_dir(folder.path().join("bin")).expect("a folder can be made");
        let busybox = tools::fetched("dockerfile-roots/alpine/usr/bin/busybox");
        std::fs::copy(busybox, folder.path().join("bin/sh")).map_err(|error| format!("no root: {error}"))?;
        std::fs::write(folder.path().join("Dockerfile"), "FROM scratch\nCOPY bin/sh /bin/sh\nRUN [\"/bin/sh\", \"-c\", \"exit 0\"]\nCMD [\"/bin/sh\", \"-c\", \"exit 0\"]\n")
            .expect("a file can be written");
        builder.build(folder.path(), "probe", &[])?;
        let started =
            builder.run(&["run", "--rm", "--pull=never", "--network", "none", &builder.built("probe")]);
        if started.status.success() { Ok(builder) } else { Err(text(&started)) }
    }

    /// The name under which this run has a base image. docker's are the machine's, and are not touched; podman's are
    /// this run's own, and have the names that Dockerfiles use.
    pub(crate) fn name(&self, image: &str) -> String {
        if self.store.is_some() { image.to_owned() } else { self.built(image) }
    }

    /// The name of an image that is built.
    fn built(&self, image: &str) -> String {
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
        let (path, mut name) = (archive.path().to_string_lossy().into_owned(), self.name(image));
        // podman takes a short name for one of localhost.
        if self.store.is_some() && !name.contains('/') {
            name = format!("docker.io/library/{name}");
        }
        args.extend([path.as_str(), name.as_str()]);
        self.succeed(&args);
    }

    /// Whether a base image is there.
    pub(crate) fn has(&self, image: &str) -> bool {
        self.run(&["image", "inspect", &self.name(image)]).status.success()
    }

    /// Builds a folder's Dockerfile without network.
    pub(crate) fn build(&self, folder: &Path, image: &str, more: &[&str]) -> Result<(), String> {
        let folder = folder.to_string_lossy().into_owned();
        let name = self.built(image);
        let words: &[&str] = match self.kind {
            Kind::BuildKit | Kind::Classic => &[],
            // A layer for each step would be a copy of everything for each.
            Kind::Podman => &["--pull=never", "--layers=false"],
            Kind::Buildah => &["--pull-never", "--isolation=oci"],
        };
        let fixed = ["build", "--network", "none", "--tag", &name];
        let mut command = self.command(&[&fixed, words, more, &[&folder]].concat());
        if self.kind == Kind::Buildah {
            let buildah = self.program.with_file_name("buildah");
            let runtime = format!("--runtime={}", tools::fetched("podman/root/usr/sbin/runc").display());
            command = Command::new(buildah);
            command.args(fixed).args(words).arg(runtime).args(more).arg(&folder).envs(self.env.clone());
        }
        let done = command.output().map_err(|error| error.to_string())?;
        if done.status.success() { Ok(()) } else { Err(text(&done)) }
    }

    /// Starts a container without network, waits until a command in it ends well, and gives what that said.
    pub(crate) fn started(&self, image: &str, ask: &[&str]) -> String {
        let container = self.start(image, &[]);
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

    /// Starts a container without network, and gives what it printed until it ended well.
    pub(crate) fn prints(&self, image: &str) -> String {
        let done = self.run(&["run", "--rm", "--network", "none", &self.built(image)]);
        assert!(done.status.success(), "{image}: {}", text(&done));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Starts a container and waits until the engine's own health check has an answer, which it gives.
    pub(crate) fn health(&self, image: &str) -> String {
        let container = self.start(image, &["--health-interval", "1s"]);
        let mut said = String::new();
        for _ in 0..600 {
            let done = self.run(&["inspect", "--format", "{{.State.Health.Status}}", &container]);
            text(&done).trim().clone_into(&mut said);
            if said != "starting" {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        self.succeed(&["rm", "--force", &container]);
        said
    }

    fn start(&self, image: &str, more: &[&str]) -> String {
        let container = format!("gobuild-test-{}", unique());
        let name = self.built(image);
        let fixed = ["run", "--detach", "--network", "none", "--name", &container];
        self.succeed(&[&fixed, more, &[&name]].concat());
        container
    }

    /// A file of an image with its mode and its owner, without starting anything.
    pub(crate) fn file(&self, image: &str, path: &str) -> (Vec<u8>, u32, u64) {
        let container = format!("gobuild-test-{}", unique());
        let name = self.built(image);
        self.succeed(&["create", "--name", &container, &name, "/none"]);
        // podman's `cp` gives everything to the container's user.
        let done = self.run(&["export", &container]);
        self.succeed(&["rm", "--force", &container]);
        assert!(done.status.success(), "{path}: {}", text(&done));
        let mut archive = tar::Archive::new(done.stdout.as_slice());
        let is_it =
            |entry: &tar::Entry<'_, &[u8]>| entry.path_bytes() == path.trim_start_matches('/').as_bytes();
        let entries = archive.entries().expect("a tar");
        let mut entry = entries.map(|entry| entry.expect("a file")).find(is_it).expect("it is there");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).expect("memory takes it");
        let header = entry.header();
        let mode = header.mode().expect("a mode") & 0o7777;
        (content, mode, header.uid().expect("an owner"))
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).envs(self.env.clone());
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
        if self.store.is_some() {
            return;
        }
        // A program that is not there has made nothing: on a machine without one, tests are left out, and none fails.
        let list = ["images", "--format", "{{.Repository}}:{{.Tag}}", &self.prefix];
        let Ok(listed) = self.command(&list).output() else { return };
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
