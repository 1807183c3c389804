//! Machines with one compiler each: what is planned, what is built, and what the doctor says of them.

use std::path::PathBuf;

use crate::support::machine::Machine;
use crate::support::project::Project;
use crate::support::root::{Ran, Root};
use crate::support::skip::skip;
use crate::support::tools;

const STEPS: &str = "27 needs 111 steps\n";

/// A gcc for another platform, as far as it is asked before a build: `-dM` and friends give the macros of the real
/// one (read with `aarch64-linux-gnu-gcc -dM -E` of Debian 12 and of musl-cross), `-dumpmachine` its name.
fn cross_gcc(triple: &str, macros: &[&str]) -> String {
    let defines = macros.iter().fold(String::new(), |all, line| all + "#define " + line + "\n");
    format!(
        "case \"$*\" in\n*-dumpmachine*) echo {triple} ;;\n*) cat <<'END'\n# 1 \"/usr/{triple}/include/features.h\" 1 3 4\n\
         #define __linux__ 1\n#define __VERSION__ \"12.2.0\"\n#define __BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__\n{defines}END\nesac\n"
    )
}

const ARM64: &[&str] = &["__aarch64__ 1"];
const AMD64: &[&str] = &["__x86_64__ 1"];
const GLIBC: &[&str] = &["__GLIBC__ 2", "__GLIBC_MINOR__ 36"];

#[test]
fn cross_compilers_are_found_under_the_names_of_each_distribution() {
    let project = Project::example("cgo");
    // Debian, Ubuntu and Fedora; Homebrew's messense/macos-cross-toolchains; FiloSottile/musl-cross.
    for (triple, macros, libc, image, platform) in [
        ("aarch64-linux-gnu", ARM64, GLIBC, "debian:12", "linux/arm64"),
        ("aarch64-unknown-linux-gnu", ARM64, GLIBC, "debian:12", "linux/arm64"),
        ("x86_64-linux-musl", AMD64, &[], "alpine:3.20", "linux/amd64"),
        ("aarch64-linux-musl", ARM64, &[], "scratch", "linux/arm64"),
    ] {
        let macros = [macros, libc].concat();
        let machine = Machine::new(&project).own("cat");
        let machine = machine.script(&format!("{triple}-gcc"), &cross_gcc(triple, &macros));
        let plan = ["plan", "--target", image, "--platform", platform];
        machine.gobuild(&project, &plan).stdout_has(format!("CC={triple}-gcc")).check();
        // For everything else it is none.
        let other = if platform == "linux/arm64" { "linux/amd64" } else { "linux/arm64" };
        machine
            .gobuild(&project, &["plan", "--target", image, "--platform", other])
            .status(2)
            .stderr_any()
            .check();
        let shown = platform.to_owned() + if libc.is_empty() { " static" } else { " glibc" };
        machine
            .gobuild(&project, &["doctor"])
            .stdout_has(format!("{shown:<22} {triple}-gcc 12.2.0\n"))
            .check();
    }
}

#[test]
fn a_cross_compiler_brings_its_own_pkg_config() {
    let project = Project::example("cgo");
    let main = String::from_utf8(project.read("main.go")).unwrap();
    let project =
        project.file("main.go", main.replacen("import \"C\"", "// #cgo pkg-config: zlib\nimport \"C\"", 1));
    let macros = [ARM64, GLIBC].concat();
    let machine = Machine::new(&project).own("cat");
    let machine = machine.script("aarch64-linux-gnu-gcc", &cross_gcc("aarch64-linux-gnu", &macros));
    let plan = ["plan", "--target", "debian:12", "--platform", "linux/arm64"];
    machine.gobuild(&project, &plan).status(2).stderr_has("zlib1g-dev (Debian)").check();
    let machine = machine.script("aarch64-linux-gnu-pkg-config", "exit 0\n");
    machine.gobuild(&project, &plan).stdout_has("PKG_CONFIG=aarch64-linux-gnu-pkg-config").check();
}

#[test]
fn a_second_gcc_under_the_name_of_clang_builds() {
    let project = Project::example("cgo");
    let Ok(gcc) = which::which("gcc") else { skip!("there is no gcc") };
    let machine = Machine::new(&project).link("clang", &gcc).own("as").own("ld");
    machine.gobuild(&project, &["--target", "debian:13", "-o", "c", "."]).stderr_has("dynamic").check();
    machine.gobuild(&project, &["doctor"]).stdout_has("linux/amd64 glibc      clang ").check();
    project.run(project.path("c"), [""; 0]).stdout(STEPS).check();
}

#[test]
fn zig_of_the_python_package_is_found_and_builds() {
    // The one on PATH may be a script that needs its folder: the program itself is asked for.
    let Ok(python) = duct::cmd("python3", ["-c", "import sys; print(sys.executable)"]).read() else {
        skip!("there is no python3")
    };
    let project = Project::example("cgo");
    let site = tools::fetched("zig");
    // As pip has it: the package is where python looks.
    let script = format!(
        "exec '{}' -c \"import sys; sys.path.insert(0, '{}'); exec(sys.argv[1])\" \"$3\"\n",
        python.trim(),
        site.display()
    );
    let machine = Machine::new(&project).script("python3", &script);
    machine.gobuild(&project, &["--target", "debian:11", "-o", "c", "."]).stderr_has("dynamic").check();
    let plan = machine.gobuild(&project, &["plan", "--target", "debian:11"]).stdout_any().check().stdout;
    assert!(plan.contains("x86_64-linux-gnu.2.31-"), "{plan}");
    assert_eq!(ran(&project, "debian"), Some(Ran::well(STEPS)));
}

fn ran(project: &Project, root: &str) -> Option<Ran> {
    Root::of(root).with("/c", &project.path("c")).run("/c", &[]).ok()
}

#[test]
fn the_users_compiler_is_taken_in_each_way_of_writing_it() {
    let project = Project::example("cgo");
    let zig: PathBuf = tools::fetched("zig/ziglang/zig");
    let folder = project.top().join("my tools");
    std::fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&zig, folder.join("zig")).unwrap();
    let quoted = format!("'{}' cc -target x86_64-linux-musl", folder.join("zig").display());
    let machine = Machine::new(&project).gcc().zig().script("ccache", "exec \"$@\"\n");
    let cache = tools::fetched("cache/gobuild/zig");
    for (cc, image, said, root) in [
        ("ccache gcc", "debian:13", "dynamic", None),
        ("zig cc -target x86_64-linux-musl", "alpine:3.20", "static", Some("musl")),
        (quoted.as_str(), "scratch", "static", Some("empty")),
    ] {
        machine
            .gobuild(&project, &["--target", image, "-o", "c", "."])
            .env("CC", cc)
            .env("ZIG_GLOBAL_CACHE_DIR", &cache)
            .env("ZIG_LOCAL_CACHE_DIR", &cache)
            .stderr_has(said)
            .check();
        if let Some(root) = root {
            assert_eq!(ran(&project, root), Some(Ran::well(STEPS)), "{cc}");
        }
    }
    // Of one libc for an image of another: it is built as the user wants it, and the proof stops it.
    machine
        .gobuild(&project, &["--target", "alpine:3.20", "-o", "rejected", "."])
        .env("CC", "gcc")
        .status(3)
        .stderr_has("error[GB201]")
        .stderr_has("CC=gcc from")
        .check();
    assert!(!project.has("rejected"));
}

/// A machine, and what the doctor says of one link for one platform.
#[test]
fn the_doctor_tells_people_and_programs_the_same() {
    let project = Project::hello();
    for (machine, platform, link, compiler) in [
        (Machine::gcc as fn(Machine) -> Machine, "linux/amd64", "glibc", Some("gcc ")),
        (Machine::gcc, "linux/amd64", "static", None),
        (Machine::zig, "linux/arm64", "static", Some("zig 0.")),
        (Machine::musl_gcc, "linux/amd64", "static", Some("musl-gcc ")),
        (Machine::musl_gcc, "linux/arm64", "static", None),
        (|nothing| nothing, "linux/amd64", "glibc", None),
    ] {
        let machine = machine(Machine::new(&project));
        let json =
            machine.gobuild(&project, &["doctor", "--message-format", "json"]).stdout_any().check().stdout;
        let doctor: serde_json::Value = serde_json::from_str(&json).unwrap();
        let rows = doctor["c"].as_array().unwrap();
        let row = rows.iter().find(|row| row["platform"] == platform && row["link"] == link).unwrap();
        let human = machine.gobuild(&project, &["doctor"]).stdout_any().check().stdout;
        let place = format!("{platform} {link}");
        let line = human.lines().find(|line| line.starts_with(&place)).unwrap();
        if let Some(name) = compiler {
            let says = row["compiler"].as_str().unwrap();
            assert!(says.starts_with(name) && row["missing"].is_null(), "{row}");
            assert!(line.contains(&format!(" {name}")), "{line}");
        } else {
            assert!(row["compiler"].is_null() && row["missing"] == "pip install ziglang", "{row}");
            assert!(line.ends_with("no compiler; pip install ziglang"), "{line}");
        }
    }
}

#[test]
fn c_plus_plus_without_a_compiler_for_it_is_said_before_anything_is_built() {
    let project = Project::empty()
        .file("go.mod", "module example.com/app\n\ngo 1.22\n")
        .file(
            "main.go",
            "package main\n\n// int one(void);\nimport \"C\"\n\nfunc main() { println(C.one()) }\n",
        )
        .file("one.cc", "extern \"C\" int one(void) { return 1; }\n");
    let machine = Machine::new(&project).gcc();
    machine
        .gobuild(&project, &["--target", "debian:13", "-o", "app", "."])
        .status(2)
        .stderr_has("there is no C++ compiler beside it")
        .check();
}

#[test]
fn the_wait_for_zigs_first_build_is_told_once() {
    let project = Project::example("cgo");
    let machine = Machine::new(&project).zig();
    let build = |version: &str| {
        let flags = format!("-X main.version={version}");
        machine
            .gobuild(&project, &["--target", "debian:11", "-ldflags", &flags, "-o", "c", "."])
            // gobuild has never seen this zig; what zig keeps is there, or this would take its minute.
            .env("GOBUILD_CACHE", project.top().join("new"))
            .env("ZIG_GLOBAL_CACHE_DIR", tools::fetched("cache/gobuild/zig"))
            .env("ZIG_LOCAL_CACHE_DIR", tools::fetched("cache/gobuild/zig"))
            .stderr_any()
            .check()
            .stderr
    };
    let told = "   Preparing zig makes glibc's stubs for x86_64-linux-gnu.2.31 first: some seconds, once\n";
    assert!(build("1").contains(told));
    assert!(!build("2").contains("Preparing"));
}
