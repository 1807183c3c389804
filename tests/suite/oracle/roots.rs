//! The root file systems that `scripts/oracle-roots.sh` makes.

use std::path::PathBuf;

use crate::support::tools;

/// One of them.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) name: &'static str,
    /// GOARCH of the binaries that are tried in it.
    pub(super) arch: &'static str,
    /// As gobuild is told with `--platform`.
    pub(super) platform: &'static str,
    /// What starts its programs, where that is not this machine: a file of the package qemu-user-static.
    pub(super) qemu: Option<&'static str>,
    /// The image of the catalogue that it stands for: the same files, as far as programs depend on them.
    pub(super) image: Option<&'static str>,
    /// Whether it is left to `make test-matrix`.
    pub(super) matrix: bool,
}

impl Root {
    /// Where it is kept; never to be changed.
    pub(super) fn path(&self) -> PathBuf {
        tools::fetched("cache/oracle/roots").join(self.name)
    }

    /// What the matrix calls its image.
    pub(super) fn image_name(&self, image: &str) -> String {
        if self.platform == "linux/amd64" {
            image.to_owned()
        } else {
            format!("{image} on {}", self.platform)
        }
    }

    /// The emulator.
    pub(super) fn emulator(&self) -> Option<PathBuf> {
        let bin = tools::fetched("cache/packages/bookworm/amd64/qemu-user-static/usr/bin");
        self.qemu.map(|name| bin.join(name))
    }
}

const fn amd64(name: &'static str) -> Root {
    Root { name, arch: "amd64", platform: "linux/amd64", qemu: None, image: None, matrix: false }
}

const fn image(name: &'static str, image: &'static str) -> Root {
    Root { image: Some(image), ..amd64(name) }
}

const fn odd_amd64(name: &'static str) -> Root {
    Root { matrix: true, ..amd64(name) }
}

const fn foreign(
    name: &'static str,
    arch: &'static str,
    platform: &'static str,
    qemu: Option<&'static str>,
    image: Option<&'static str>,
) -> Root {
    Root { name, arch, platform, qemu, image, matrix: true }
}

/// All of them.
pub(super) const ROOTS: &[Root] = &[
    image("empty", "scratch"),
    image("files-alone", "gcr.io/distroless/static-debian12"),
    amd64("musl-1.2.2"),
    amd64("musl-1.2.3"),
    amd64("musl-1.2.5"),
    amd64("musl-of-debian"),
    image("musl-with-shell", "alpine:3.22"),
    amd64("musl-with-odd-path"),
    amd64("glibc-2.31"),
    image("glibc-2.31-cxx", "debian:11"),
    amd64("glibc-2.36"),
    image("glibc-2.36-cxx", "debian:12"),
    amd64("glibc-2.41"),
    image("glibc-2.41-cxx", "debian:13"),
    image("glibc-2.36-distroless", "gcr.io/distroless/cc-debian12"),
    amd64("glibc-2.36-dash"),
    amd64("glibc-2.36-cache"),
    amd64("glibc-2.36-conf"),
    amd64("loader-alone"),
    amd64("libraries-in-lib"),
    amd64("loader-not-executable"),
    amd64("loader-dangling"),
    amd64("two-suites"),
    amd64("libc-cut-short"),
    amd64("glibc-and-musl"),
    amd64("musl-as-glibc"),
    odd_amd64("loader-of-i386"),
    odd_amd64("libraries-of-i386-first"),
    foreign("i386", "386", "linux/386", None, Some("debian:12")),
    foreign("arm64-glibc", "arm64", "linux/arm64", Some("qemu-aarch64-static"), Some("debian:12")),
    foreign("arm64-musl", "arm64", "linux/arm64", Some("qemu-aarch64-static"), Some("alpine:3.17")),
    foreign("armhf-glibc", "arm", "linux/arm/v7", Some("qemu-arm-static"), Some("debian:12")),
    foreign("s390x-glibc", "s390x", "linux/s390x", Some("qemu-s390x-static"), None),
    foreign("ppc64el-glibc", "ppc64le", "linux/ppc64le", Some("qemu-ppc64le-static"), Some("debian:12")),
    foreign("riscv64-glibc", "riscv64", "linux/riscv64", Some("qemu-riscv64-static"), Some("debian:13")),
];
