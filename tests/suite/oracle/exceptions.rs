//! Where gobuild is meant to be of another mind than this machine. Each pair has to differ, or it goes.
//!
//! A name with a colon or a slash is an image of the catalogue, the others are roots.

/// Binaries and roots of which every pair differs.
pub(super) struct Exception {
    pub(super) binaries: &'static [&'static str],
    pub(super) roots: &'static [&'static str],
    pub(super) reason: &'static str,
}

impl Exception {
    /// Whether it lists a pair.
    pub(super) fn names(&self, binary: &str, root: &str) -> bool {
        self.binaries.contains(&binary) && self.roots.contains(&root)
    }
}

/// Everything in which a static binary for amd64 runs here.
const ON_AMD64: &[&str] = &[
    "empty",
    "files-alone",
    "musl-1.2.2",
    "musl-1.2.3",
    "musl-1.2.5",
    "musl-of-debian",
    "musl-with-shell",
    "musl-with-odd-path",
    "glibc-2.31",
    "glibc-2.31-cxx",
    "glibc-2.36",
    "glibc-2.36-cxx",
    "glibc-2.41",
    "glibc-2.41-cxx",
    "glibc-2.36-distroless",
    "glibc-2.36-dash",
    "glibc-2.36-cache",
    "glibc-2.36-conf",
    "loader-alone",
    "libraries-in-lib",
    "loader-not-executable",
    "loader-dangling",
    "two-suites",
    "libc-cut-short",
    "glibc-and-musl",
    "musl-as-glibc",
    "loader-of-i386",
    "libraries-of-i386-first",
    "scratch",
    "gcr.io/distroless/static-debian12",
    "gcr.io/distroless/cc-debian12",
    "alpine:3.22",
    "debian:11",
    "debian:12",
    "debian:13",
];

pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        binaries: &["hello-amd64-v3"],
        roots: ON_AMD64,
        reason: "this processor is newer than the platform linux/amd64 promises",
    },
    Exception {
        binaries: &["hello-386"],
        roots: ON_AMD64,
        reason: "this kernel starts 386 programs too, but an image for linux/amd64 does not promise one that does",
    },
    Exception {
        binaries: &["cut-in-the-symbols"],
        roots: ON_AMD64,
        reason: "what was cut is not loaded, but a file that is not whole was not handed on whole",
    },
    Exception {
        binaries: &["script", "script-with-an-argument"],
        roots: &[
            "musl-with-shell",
            "glibc-2.31-cxx",
            "glibc-2.36-cxx",
            "glibc-2.41-cxx",
            "glibc-2.36-dash",
            "alpine:3.22",
            "debian:11",
            "debian:12",
            "debian:13",
        ],
        reason: "it runs, and is not the binary that was to be built; a script is judged as an image's entry point",
    },
    Exception {
        binaries: &["c-private"],
        roots: &[
            "glibc-2.36",
            "glibc-2.36-cxx",
            "glibc-2.41",
            "glibc-2.41-cxx",
            "glibc-2.36-distroless",
            "glibc-2.36-dash",
            "glibc-2.36-cache",
            "glibc-2.36-conf",
            "glibc-and-musl",
            "libraries-in-lib",
            "libraries-of-i386-first",
            "debian:12",
            "debian:13",
            "gcr.io/distroless/cc-debian12",
        ],
        reason: "GLIBC_PRIVATE changes with every build of glibc, so that it runs is luck",
    },
    Exception {
        binaries: &["c-musl-loader", "net-musl-loader"],
        roots: &["alpine:3.22"],
        reason: "musl takes glibc's library names for its own, and symbols decide; only the files can tell",
    },
    Exception {
        binaries: &["c-libgcc", "cxx", "cxx-static-libgcc", "cxx-runpath-to-the-distribution"],
        roots: &["debian:12", "debian:13"],
        reason: "the catalogue does not say which libraries these images have beside glibc's own",
    },
    Exception {
        binaries: &[
            "library-by-absolute-path",
            "library-origin-runpath",
            "library-origin-rpath-in-braces",
            "library-of-a-library-by-rpath",
            "library-of-another-architecture-first",
        ],
        roots: &["debian:12", "debian:13", "gcr.io/distroless/cc-debian12"],
        reason: "what is copied in beside the binary is not in the catalogue",
    },
    Exception {
        binaries: &[
            "c",
            "c-bind-now",
            "c-hash-style-sysv",
            "c-level-v3",
            "c-newer",
            "c-newer-weak-symbol",
            "c-newer-weak-version",
            "c-pie",
            "c-race",
            "c-relr",
            "c-relr-hello",
            "c-stripped",
            "c-without-default-folders",
            "hello-external",
            "hello-pie-cgo0",
            "hello-pie-cgo1",
            "hello-race",
            "library-by-absolute-path",
            "library-of-a-library-by-rpath",
            "library-of-a-library-by-runpath",
            "library-of-another-architecture-first",
            "library-origin-rpath-in-braces",
            "library-origin-runpath",
            "net-cgo1",
            "net-pie",
            "net-race",
            "net-static-said-in-vain",
            "net-stripped",
            "net-without-section-headers",
            "plain-c",
            "user-cgo1",
            "zig-2.17",
            "zig-2.28",
            "zig-2.28-pie",
            "zig-2.28-race",
            "zig-2.31",
            "zig-2.36",
        ],
        roots: &["musl-as-glibc"],
        reason: "musl under the name of glibc's loader: what runs, runs because nothing was missing this time",
    },
];
