//! What images are made of: programs that are really built, and shapes of a start.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use gobuild::host::hex::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::layers::{Layer, saved};
use crate::support::project::Project;
use crate::support::tools;

/// One image: what it starts, as whom, and the files that it has beside the common ones.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) entrypoint: Vec<String>,
    pub(super) cmd: Vec<String>,
    pub(super) user: &'static str,
    pub(super) workdir: &'static str,
    pub(super) env: Vec<&'static str>,
    layer: Layer,
    /// The check that rejects it; none where it starts.
    pub(super) rejected: Option<&'static str>,
    /// The packages that it takes files of: Debian's, which not every machine has.
    pub(super) needs: Vec<&'static str>,
}

impl Shape {
    /// One that starts, in an image with a busybox, two programs and two users.
    pub(super) fn new(name: &'static str, entrypoint: &[&str]) -> Self {
        let programs = programs();
        let layer = Layer::new()
            .owned("app", &programs["static"], 0o755, (0, 0))
            .owned("usr/local/bin/tool", &programs["static"], 0o755, (0, 0))
            .owned("etc/passwd", b"root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n", 0o644, (0, 0))
            .owned("etc/group", b"root:x:0:\napp:x:1000:\nstaff:x:50:app\n", 0o644, (0, 0));
        let entrypoint = entrypoint.iter().map(|&word| word.to_owned()).collect();
        let (cmd, env, needs) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, entrypoint, cmd, user: "", workdir: "", env, layer, rejected: None, needs }
    }

    /// The same with busybox for a shell.
    pub(super) fn shell(name: &'static str, entrypoint: &[&str]) -> Self {
        let shape = Self::new(name, entrypoint).package("busybox-static", "bin/busybox", "bin/busybox");
        let links = ["bin/sh", "usr/bin/env", "bin/true"];
        links.iter().fold(shape, |shape, link| shape.link(link, "/bin/busybox"))
    }

    /// A file of one of Debian's packages.
    pub(super) fn package(mut self, package: &'static str, from: &str, to: &str) -> Self {
        self.needs.push(package);
        let content = std::fs::read(packages().join(package).join(from)).unwrap_or_default();
        self.owned(to, &content, 0o755, 0)
    }

    pub(super) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.owned(name, content, 0o755, 0)
    }

    /// A file of a user, whose group has the same number.
    pub(super) fn owned(mut self, name: &str, content: impl AsRef<[u8]>, mode: u32, owner: u64) -> Self {
        self.layer = self.layer.owned(name, content.as_ref(), mode, (owner, owner));
        self
    }

    /// One of the programs.
    pub(super) fn program(self, name: &str, program: &str, mode: u32, owner: u64) -> Self {
        self.owned(name, &programs()[program], mode, owner)
    }

    pub(super) fn folder(mut self, name: &str, mode: u32) -> Self {
        self.layer = self.layer.directory(name, mode);
        self
    }

    pub(super) fn link(mut self, name: &str, target: &str) -> Self {
        self.layer = self.layer.link(name, target);
        self
    }

    pub(super) fn cmd(mut self, words: &[&str]) -> Self {
        self.cmd = words.iter().map(|&word| word.to_owned()).collect();
        self
    }

    pub(super) fn user(self, user: &'static str) -> Self {
        Self { user, ..self }
    }

    pub(super) fn workdir(self, workdir: &'static str) -> Self {
        Self { workdir, ..self }
    }

    pub(super) fn env(mut self, variable: &'static str) -> Self {
        self.env.push(variable);
        self
    }

    /// It does not start, and this check says so.
    pub(super) fn rejected(self, check: &'static str) -> Self {
        Self { rejected: Some(check), ..self }
    }

    /// Whether everything that it is made of is here.
    pub(super) fn can_be_made(&self) -> bool {
        self.needs.iter().all(|package| packages().join(package).is_dir())
    }

    pub(super) fn config(&self) -> Value {
        json!({
            "Entrypoint": self.entrypoint, "Cmd": self.cmd, "User": self.user, "WorkingDir": self.workdir,
            "Env": self.env,
        })
    }

    /// The one layer.
    pub(super) fn into_layer(self) -> Vec<u8> {
        self.layer.tar()
    }

    /// An archive as `docker save` writes it, which engines take.
    pub(super) fn archive(self, tag: &str) -> Vec<u8> {
        let config = self.config();
        let layer = self.into_layer();
        let diff = format!("sha256:{}", hex(&Sha256::digest(&layer)));
        let document = json!({
            "os": "linux", "architecture": "amd64", "config": config,
            "rootfs": { "type": "layers", "diff_ids": [diff] },
        });
        saved(tag, &document, &[layer])
    }
}

fn packages() -> PathBuf {
    tools::fetched("cache/packages/bookworm/amd64")
}

/// Programs for amd64 that print `hello`: static, one that asks for glibc's loader, and one for arm64.
pub(super) fn programs() -> &'static BTreeMap<&'static str, Vec<u8>> {
    static PROGRAMS: OnceLock<BTreeMap<&'static str, Vec<u8>>> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let project = Project::hello();
        let build = |name: &'static str, arch: &str, mode: &str| {
            project
                .go(["build", "-ldflags=-s -w", mode, "-o", name])
                .env("CGO_ENABLED", "0")
                .env("GOARCH", arch)
                .stderr_any()
                .check();
            (name, project.read(name))
        };
        let exe = "-buildmode=exe";
        BTreeMap::from([
            build("static", "amd64", exe),
            build("pie", "amd64", "-buildmode=pie"),
            build("arm64", "arm64", exe),
        ])
    })
}
