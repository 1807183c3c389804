//! C code for other architectures: built by gobuild with zig for an image, started in that image's files under
//! qemu.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::kitchen::Kitchen;
use super::matrix::link;
use super::missing;
use super::reality::{Enter, Happened, Question};
use super::roots::ROOTS;
use crate::support::project::Project;
use crate::support::run::Run;
use crate::support::skip::skip;
use crate::support::tools;

const MAIN: &str = include_str!("cross/main.go");
const MOD: &str = "module example.com/cross\n\ngo 1.24\n\ngodebug netdns=cgo\n";

fn project() -> Project {
    Project::empty().file("main.go", MAIN).file("go.mod", MOD)
}

/// gobuild with zig, and with the C libraries that zig has made for the oracle's binaries.
fn gobuild(project: &Project, args: &[&str]) -> Run {
    let own = tools::path();
    let path = std::env::split_paths(&own).chain([tools::fetched("zig/ziglang")]);
    project
        .gobuild(args.iter().copied())
        .env("PATH", std::env::join_paths(path).expect("no folder of PATH has a colon"))
        .env("GOBUILD_CACHE", tools::fetched("cache/gobuild"))
        .env("ZIG_GLOBAL_CACHE_DIR", tools::fetched("cache/zig"))
        .env("ZIG_LOCAL_CACHE_DIR", tools::fetched("cache/zig"))
}

/// Starts a program in one of the oracle's roots, by the emulator of an architecture.
fn start(enter: &Enter, root: &str, emulator: &[&str], program: &Path) -> Happened {
    let root = ROOTS.iter().find(|known| known.name == root).expect("a root of the oracle");
    let folder = TempDir::new_in(tools::fetched("cache/oracle")).expect("a temporary folder can be made");
    link(&root.path(), folder.path());
    fs::create_dir_all(folder.path().join("etc")).expect("a folder can be made");
    for (name, text) in [
        ("passwd", "root:x:0:0:root:/:/bin/sh\n"),
        ("hosts", "192.0.2.1 here.example\n"),
        ("nsswitch.conf", "passwd: files\nhosts: files\n"),
    ] {
        let path = folder.path().join("etc").join(name);
        let _ = fs::remove_file(&path);
        fs::write(path, text).expect("a file can be written");
    }
    fs::copy(program, folder.path().join("app")).expect("a file can be copied");
    let mut argv: Vec<String> = emulator.iter().map(|&word| word.to_owned()).collect();
    if let Some(name) = argv.first_mut() {
        let bin = tools::fetched("cache/packages/bookworm/amd64/qemu-user-static/usr/bin");
        fs::copy(bin.join(&*name), folder.path().join("qemu-static")).expect("the emulator can be copied");
        "/qemu-static".clone_into(name);
    }
    argv.push("/app".to_owned());
    enter.ask(&[Question { root: folder.path(), argv }]).remove(0)
}

/// Platform, image, the root with that image's files, emulator.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const ARM64: &[&str] = &["qemu-aarch64-static"];
const ARM: &[&str] = &["qemu-arm-static"];
const S390X: &[&str] = &["qemu-s390x-static"];
const PPC64LE: &[&str] = &["qemu-ppc64le-static"];
const RISCV64: &[&str] = &["qemu-riscv64-static"];

/// Images with glibc: dynamic programs, with the image's version as the newest that they may ask for.
const GLIBC: &[Case] = &[
    ("linux/arm64", "debian:12", "arm64-glibc", ARM64),
    ("linux/arm/v7", "debian:12", "armhf-glibc", ARM),
    ("linux/s390x", "debian:12", "s390x-glibc", S390X),
    ("linux/ppc64le", "debian:12", "ppc64el-glibc", PPC64LE),
    ("linux/riscv64", "debian:13", "riscv64-glibc", RISCV64),
    // This machine's kernel runs it by itself.
    ("linux/386", "debian:12", "i386", &[]),
];

/// Builds and starts each, and says of all that did not run what became of them.
fn each_runs(cases: &[Case]) {
    if let Some(reason) = missing() {
        skip!("{reason}");
    }
    let enter = Enter::new(&Kitchen::open());
    let (project, mut wrong) = (project(), Vec::new());
    for (platform, image, root, emulator) in cases {
        let line = ["--target", image, "--platform", platform, "-o", "out", "."];
        let built = gobuild(&project, &line).env("CGO_ENABLED", "1").output();
        let happened = if built.status == 0 {
            start(&enter, root, emulator, &project.path("out"))
        } else {
            wrong.push(format!("{platform} for {image} was not built: {}", built.stderr));
            continue;
        };
        if !happened.ran() {
            wrong.push(format!("{platform} for {image}: {happened}\n{}", built.stderr));
        }
        let _ = fs::remove_file(project.path("out"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "zig, qemu and foreign packages: make test-matrix"]
fn c_code_for_glibc_runs_on_every_architecture() {
    each_runs(GLIBC);
}

const PROD: &str = r#"
[build]
target = "prod"
output = "out/cross"

[target.prod]
image = "debian:12"
platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
"#;

/// One call, three architectures, each with C: three files that run.
#[test]
#[ignore = "zig, qemu and foreign packages: make test-matrix"]
fn several_platforms_with_c_are_built_in_one_call() {
    if let Some(reason) = missing() {
        skip!("{reason}");
    }
    let enter = Enter::new(&Kitchen::open());
    let project = project().file("gobuild.toml", PROD);
    let run = gobuild(&project, &["--message-format", "json"]).env("CGO_ENABLED", "1");
    let output = run.stdout_any().stderr_any().check();
    let verdicts = |word: &str| output.stdout.lines().filter(|line| line.contains(word)).count();
    assert_eq!(verdicts("\"accepted\":true"), 3, "{}", output.stdout);
    for (file, root, emulator) in [
        ("out/cross-linux-amd64", "glibc-2.36", &[][..]),
        ("out/cross-linux-arm64", "arm64-glibc", ARM64),
        ("out/cross-linux-armv7", "armhf-glibc", ARM),
    ] {
        let happened = start(&enter, root, emulator, &project.path(file));
        assert!(happened.ran(), "{file}: {happened}");
    }
}

/// What zig cannot do is said before anything is built, with why and what to do; the others are built.
#[test]
#[ignore = "zig, qemu and foreign packages: make test-matrix"]
fn a_platform_that_fails_does_not_hide_the_others() {
    let broken =
        MAIN.replace("static double root", "#ifdef __arm__\n#error not on arm\n#endif\nstatic double root");
    let project = project().file("main.go", broken).file("gobuild.toml", PROD);
    gobuild(&project, &[])
        .status(1)
        .stderr_has("not on arm")
        .stderr_has("nothing was built for debian:12 on linux/arm/v7: go failed\n")
        .check();
    assert!(project.has("out/cross-linux-amd64") && project.has("out/cross-linux-arm64"));
    assert!(!project.has("out/cross-linux-armv7"));
}

/// The pairs that zig has no C library or no instructions for.
#[test]
#[ignore = "zig: make test-matrix"]
fn what_zig_cannot_do_is_refused_with_why_and_a_way_out() {
    let project = project();
    for (platform, image, why, way) in [
        (
            "linux/arm/v5",
            "debian:12",
            "clang has no atomic operations for ARMv5",
            "a cross compiler makes it, where the image's glibc is not older: apt-get install gcc-arm-linux-gnueabi\n",
        ),
        (
            "linux/arm/v5",
            "scratch",
            "clang has no atomic operations for ARMv5",
            "for an image with glibc a cross compiler makes it: apt-get install gcc-arm-linux-gnueabi, ",
        ),
        (
            "linux/mips64le",
            "debian:12",
            "go calls the compiler with flags for MIPS that clang does not know",
            "apt-get install gcc-mips64el-linux-gnuabi64\n",
        ),
    ] {
        gobuild(&project, &["--target", image, "--platform", platform, "-o", "out", "."])
            .status(2)
            .stderr_has(format!("it cannot make C for {platform}: {why}\n"))
            .stderr_has(way)
            .check();
        assert!(!project.has("out"), "{platform}");
    }
}
