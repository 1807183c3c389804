//! What the matrix is made of.

use std::fmt;

/// A program of `examples/`.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) example: &'static str,
    /// Where its C is, as the table says it.
    pub(super) c: &'static str,
    /// Whether nothing is left of it without C.
    pub(super) needs_c: bool,
    arguments: &'static [&'static str],
    /// All that it prints.
    pub(super) prints: &'static str,
}

impl Program {
    /// The words that start it at a path.
    pub(super) fn line(&self, path: &str) -> Vec<String> {
        [path].iter().chain(self.arguments).map(|&word| word.to_owned()).collect()
    }
}

/// All of them.
pub(super) const PROGRAMS: &[Program] = &[
    Program { example: "cgo", c: "its own", needs_c: true, arguments: &[], prints: "27 needs 111 steps\n" },
    Program {
        example: "rpc",
        c: "`net`, `os/user`",
        needs_c: false,
        arguments: &["-check", "-config", "/etc/config.yaml"],
        prints: "rpc dev: healthy, zone Europe/Amsterdam\n",
    },
    Program { example: "hello", c: "none", needs_c: false, arguments: &[], prints: "hello\n" },
];

/// An image of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Image {
    pub(super) name: &'static str,
    /// What it has, as the table says it.
    pub(super) libc: &'static str,
    /// The root of `scripts/oracle-roots.sh` that has the same files, as far as programs depend on them.
    pub(super) root: &'static str,
}

/// All of them.
pub(super) const IMAGES: &[Image] = &[
    Image { name: "debian:12", libc: "glibc 2.36", root: "glibc-2.36-cxx" },
    Image { name: "debian:11", libc: "glibc 2.31", root: "glibc-2.31-cxx" },
    Image { name: "alpine:3.22", libc: "musl 1.2.5", root: "musl-with-shell" },
    Image { name: "scratch", libc: "nothing", root: "empty" },
    Image { name: "gcr.io/distroless/static-debian12", libc: "no libc", root: "files-alone" },
    Image { name: "gcr.io/distroless/base-debian12", libc: "glibc 2.36", root: "glibc-2.36" },
    Image { name: "gcr.io/distroless/cc-debian12", libc: "glibc 2.36, C++", root: "glibc-2.36-distroless" },
];

/// How a binary is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By go alone with this `CGO_ENABLED`, with the machine's gcc: for no image in particular.
    Go(&'static str),
    /// By gobuild for an image, with this `cgo` in gobuild.toml.
    Gobuild(&'static str),
}

impl Way {
    /// All of them; `auto` is the last, so that what was linked for one of the others serves it.
    pub(super) const ALL: &'static [Self] =
        &[Self::Go("1"), Self::Go("0"), Self::Gobuild("on"), Self::Gobuild("off"), Self::Gobuild("auto")];
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Go(enabled) => write!(f, "go-{enabled}"),
            Self::Gobuild(cgo) => write!(f, "gobuild-{cgo}"),
        }
    }
}
