//! The rows of the matrix: a program, a gobuild.toml, and what is typed.

/// One Dockerfile.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) program: Program,
    /// gobuild.toml.
    pub(super) toml: &'static str,
    pub(super) args: &'static [&'static str],
    /// More files of the module.
    pub(super) more: &'static [(&'static str, &'static str)],
}

/// What the program looks for.
#[derive(Clone, Copy)]
pub(super) enum Program {
    /// Nothing.
    Plain,
    /// Certificates, users, temporary files.
    Server,
    /// Certificates alone.
    Client,
    /// C is compiled.
    C,
    /// C++ is compiled.
    Cxx,
}

impl Case {
    const fn of(name: &'static str, program: Program, toml: &'static str) -> Self {
        Self { name, program, toml, args: &[], more: &[] }
    }

    const fn built(self) -> Self {
        Self { args: &["--shape", "multi-stage"], ..self }
    }

    const fn classic(self) -> Self {
        Self { args: &["--builder", "classic"], ..self }
    }

    const fn built_classic(self) -> Self {
        Self { args: &["--builder", "classic", "--shape", "multi-stage"], ..self }
    }

    const fn with(self, more: &'static [(&'static str, &'static str)]) -> Self {
        Self { more, ..self }
    }

    pub(super) fn files(&self) -> Vec<(&'static str, &'static str)> {
        let main = match self.program {
            Program::Plain => "package main\n\nfunc main() { println(1) }\n",
            Program::Server => {
                "package main\n\nimport (\n\t\"net/http\"\n\t_ \"os/user\"\n)\n\nfunc main() { _ = http.ListenAndServe(\":8080\", nil) }\n"
            }
            Program::Client => "package main\n\nimport _ \"crypto/tls\"\n\nfunc main() { println(1) }\n",
            Program::C | Program::Cxx => {
                "package main\n\n// int one(void) { return 1; }\nimport \"C\"\n\nfunc main() { println(C.one()) }\n"
            }
        };
        let mut files = vec![
            ("go.mod", "module example.com/rpc\n\ngo 1.24\n"),
            ("main.go", main),
            ("gobuild.toml", self.toml),
        ];
        if matches!(self.program, Program::Cxx) {
            files.push(("two.cpp", "extern \"C\" int two() { return 2; }\n"));
        }
        files.extend(self.more);
        files
    }
}

use Program::{C, Client, Cxx, Plain, Server};

const EVERYTHING: &str = r#"
[build]
release = true
tags = ["netgo"]
ldflags = ["-X main.version={{ git.describe }}", "-X main.day={{ env.DAY | default('none') }}"]
[target.prod]
image = "scratch"
platforms = ["linux/amd64", "linux/arm64"]
[dockerfile]
workdir = "/srv/rpc"
copy = [{ from = "etc", to = "./etc" }, { from = "my files", to = "/usr/share/rpc/" }]
expose = [8080, "5353/udp"]
timezone = true
user = "1000:1000"
env = { TZ = "Europe/Amsterdam", BUILD = "${NUMBER}", QUOTED = 'a "b" \ $$5' }
args = ["-config", "etc/my config.yaml"]
labels = { source = "https://example.com/rpc", revision = "${REVISION}", version = "${VERSION}", "com.example.team" = "shop" }
healthcheck = ["-healthy"]
"#;

/// A pin of an alpine whose own user is not root.
const OWN_USER: &[(&str, &str)] = &[("gobuild.lock", include_str!("own-user.lock"))];

pub(super) const CASES: &[Case] = &[
    Case::of("scratch", Plain, "target = \"scratch\"\n"),
    Case::of("scratch-server", Server, "target = \"scratch\"\n"),
    Case::of("scratch-server-built", Server, "target = \"scratch\"\n").built(),
    Case::of("scratch-everything", Server, EVERYTHING),
    Case::of("scratch-everything-built", Server, EVERYTHING).built(),
    Case::of("scratch-zones", Plain, "target = \"scratch\"\n[dockerfile]\ntimezone = true\n"),
    Case::of("scratch-client", Client, "target = \"scratch\"\n"),
    Case::of("scratch-root", Server, "target = \"scratch\"\n[dockerfile]\nuser = \"0\"\n"),
    Case::of("scratch-root-files", Plain, "target = \"scratch\"\n[dockerfile]\nuser = \"0:0\"\ncopy = [{ from = \"etc\", to = \"./etc\" }]\nenv = { A = \"b\" }\nlabels = { title = \"rpc\" }\n"),
    Case::of("scratch-c-built", C, "target = \"scratch\"\n").built(),
    Case::of("distroless", Server, "target = \"gcr.io/distroless/static-debian12\"\n"),
    Case::of("distroless-built", Server, "target = \"gcr.io/distroless/static-debian12\"\n").built(),
    Case::of("distroless-base-c-built", C, "target = \"gcr.io/distroless/base-debian12\"\n").built(),
    Case::of("alpine", Server, "target = \"alpine:3.20\"\n[dockerfile]\ntimezone = true\n"),
    Case::of("alpine-built", Server, "target = \"alpine:3.20\"\n[dockerfile]\ntimezone = true\n").built(),
    Case::of("alpine-plain", Plain, "target = \"alpine\"\n"),
    Case::of("alpine-packages", Plain, "target = \"alpine:3.20\"\n[dockerfile]\npackages = [\"curl\", \"jq=1.7.1-r0\"]\nuser = \"guest\"\n"),
    Case::of("alpine-own-user", Server, "target = \"alpine:3.20\"\n[dockerfile]\npackages = [\"curl\"]\ntimezone = true\n").with(OWN_USER),
    Case::of("alpine-own-user-built", Server, "target = \"alpine:3.20\"\n[dockerfile]\ntimezone = true\nuser = \"1001\"\n").built().with(OWN_USER),
    Case::of("alpine-c-built", C, "target = \"alpine:3.20\"\n[build]\nrelease = true\n[dockerfile]\ntimezone = true\n").built(),
    Case::of("alpine-cxx-built", Cxx, "target = \"alpine:3.20\"\n").built(),
    Case::of("debian", Server, "target = \"debian:12-slim\"\n"),
    Case::of("debian-built", Server, "target = \"debian:12-slim\"\n").built(),
    Case::of("debian-packages", Plain, "target = \"debian:12\"\n[dockerfile]\npackages = [\"curl\"]\n"),
    Case::of("debian-old-c-built", C, "target = \"debian:12\"\n").built(),
    Case::of("ubuntu", Server, "target = \"ubuntu:24.04\"\n[dockerfile]\ntimezone = true\n"),
    Case::of("ubi9", Client, "target = \"registry.access.redhat.com/ubi9\"\n"),
    Case::of("ubi9-packages", Server, "target = \"registry.access.redhat.com/ubi9\"\n[dockerfile]\npackages = [\"curl\"]\n"),
    Case::of("ubi9-minimal", Server, "target = \"registry.access.redhat.com/ubi9-minimal\"\n[dockerfile]\ntimezone = true\npackages = [\"jq\"]\n"),
    Case::of("busybox", Server, "target = \"busybox:musl\"\n"),
    Case::of("own-image", Server, "target = \"registry.corp/base:7\"\n[image.\"registry.corp/base:7\"]\nlibc = \"musl 1.2.5\"\nca-certificates = false\nzoneinfo = false\ntmp = true\nshell = false\nusers = { root = 0, app = 1000 }\n[dockerfile]\nuser = \"app\"\ntimezone = true\n"),
    Case::of("own-image-unknown", Server, "target = \"registry.corp/base:7\"\n"),
    Case::of("platforms", Plain, "[build]\noutput = \"dist/rpc\"\n[target.prod]\nimage = \"alpine:3.20\"\nplatforms = [\"linux/amd64\", \"linux/arm64\", \"linux/arm/v7\"]\n"),
    Case::of("platforms-folders", Plain, "[build]\nname = \"{os}-{arch}/{name}\"\noutput = \"dist/rpc\"\n[target.prod]\nimage = \"alpine:3.20\"\nplatforms = [\"linux/amd64\", \"linux/arm64\"]\n"),
    Case::of("platforms-built", Plain, "[target.prod]\nimage = \"alpine:3.20\"\nplatforms = [\"linux/amd64/v3\", \"linux/arm/v6\", \"linux/arm/v7\"]\n").built(),
    Case::of("classic-scratch", Plain, "target = \"scratch\"\n").classic(),
    Case::of("classic-scratch-server", Server, "target = \"scratch\"\n[dockerfile]\ncopy = [{ from = \"etc\", to = \"./etc\" }]\n").classic(),
    Case::of("classic-scratch-built", Server, "[target.prod]\nimage = \"scratch\"\nplatforms = [\"linux/amd64\"]\n[build]\nrelease = true\n[dockerfile]\ntimezone = true\n").built_classic(),
    Case::of("classic-distroless", Server, "target = \"gcr.io/distroless/static-debian12\"\n").classic(),
    Case::of("classic-alpine", Server, "target = \"alpine:3.20\"\n[dockerfile]\nbuilder = \"classic\"\ntimezone = true\n"),
    Case::of("classic-alpine-c-built", C, "target = \"alpine:3.20\"\n").built_classic(),
    Case::of("classic-own-user", Client, "target = \"alpine:3.20\"\n").classic().with(OWN_USER),
    Case::of("classic-debian", Server, "target = \"debian:12-slim\"\n").classic(),
    Case::of("classic-packages", Plain, "target = \"debian:12\"\n[dockerfile]\npackages = [\"curl\"]\n").classic(),
    Case::of("classic-variant-built", Plain, "[target.prod]\nimage = \"alpine:3.20\"\nplatforms = [\"linux/amd64/v3\"]\n[dockerfile]\ngobuild = \"registry.corp/gobuild:1\"\n").built_classic(),
    Case::of("classic-vendored-built", Plain, "target = \"scratch\"\n").built_classic().with(&[("vendor/modules.txt", "")]),
    Case::of("vendored-built", Plain, "target = \"scratch\"\n").built().with(&[("vendor/modules.txt", "")]),
    Case::of("workspace-built", Plain, "target = \"scratch\"\n[build]\npackage = \".\"\n").built().with(&[
        ("go.work", "go 1.25\n\nuse (\n\t.\n\t./lib\n)\n"),
        ("lib/go.mod", "module example.com/lib\n\ngo 1.25\n"),
        ("lib/lib.go", "package lib\n"),
    ]),
    Case::of("proof-built", Plain, "[target.prod]\nimage = \"scratch\"\n[dockerfile]\ngobuild = \"registry.corp/gobuild:1\"\n").built(),
    Case::of("own-template", Server, "target = \"scratch\"\n[dockerfile]\ntemplate = \"deploy/mine\"\n").with(&[(
        "deploy/mine",
        "# syntax=docker/dockerfile:1\n{% extends family %}\n{% block final %}\n{{ super() }}\nLABEL made-by={{ target | quoted }}\n{% endblock %}\n",
    )]),
    Case::of("one-of-several-mains", Plain, "target = \"scratch\"\n[build]\npackage = \"./cmd/rpc\"\n").built().with(&[
        ("cmd/rpc/main.go", "package main\n\nfunc main() {}\n"),
    ]),
];
