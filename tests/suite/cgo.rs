//! C code for images that no gcc of this machine could build for: found, compiled, linked, started.

use crate::support::machine;
use crate::support::project::Project;
use crate::support::root::{Ran, Root};
use crate::support::run::Run;
use crate::support::skip::skip;
use crate::support::tools;

/// What stands on PATH beside go and a shell's programs.
#[derive(Clone, Copy)]
enum Machine {
    Nothing,
    Gcc,
    Zig,
    MuslGcc,
    Everything,
}

impl Machine {
    fn on(self, project: &Project) -> machine::Machine {
        let bare = machine::Machine::new(project);
        match self {
            Self::Nothing => bare,
            Self::Gcc => bare.gcc(),
            Self::Zig => bare.zig(),
            Self::MuslGcc => bare.musl_gcc(),
            Self::Everything => bare.gcc().zig().link("musl-gcc", &tools::fetched("musl/bin/musl-gcc")),
        }
    }
}

fn gobuild(project: &Project, machine: Machine, args: &[&str]) -> Run {
    machine.on(project).gobuild(project, args)
}

macro_rules! ran {
    ($root:expr, $project:expr, $file:expr, $args:expr) => {
        match Root::of($root).with("/program", &$project.path($file)).run("/program", $args) {
            Ok(ran) => ran,
            Err(reason) => skip!("{reason}"),
        }
    };
}

const STEPS: &str = "27 needs 111 steps\n";

#[test]
fn c_code_runs_in_each_image_with_what_the_image_needs() {
    let project = Project::example("cgo");
    for (target, root, kind) in [
        ("alpine:3.20", "musl", "static"),
        ("scratch", "empty", "static"),
        ("debian:11", "debian", "dynamic"),
    ] {
        gobuild(&project, Machine::Zig, &["--target", target, "-o", "c", "."])
            .stderr_has("(cgo on: example.com/cgo has C code)")
            .stderr_has(kind)
            .check();
        assert_eq!(ran!(root, project, "c", &[]), Ran::well(STEPS), "{target}");
    }
}

#[test]
fn a_position_independent_program_for_scratch_has_no_loader() {
    let project = Project::example("cgo");
    gobuild(&project, Machine::Zig, &["--target", "scratch", "-buildmode=pie", "-o", "c", "."])
        .stderr_has("static, position independent")
        .check();
    assert_eq!(ran!("empty", project, "c", &[]), Ran::well(STEPS));
}

#[test]
fn gos_own_c_is_linked_statically_where_the_user_wants_it() {
    let project = Project::example("rpc");
    let healthy = Ran::well("rpc 1.0.0: healthy, zone Europe/Amsterdam\n");
    for (target, root) in [("alpine:3.20", "musl"), ("scratch", "empty")] {
        gobuild(&project, Machine::Zig, &["--target", target, "-o", "rpc", "."])
            .env("CGO_ENABLED", "1")
            .stderr_has("rpc runs in")
            .check();
        let root = Root::of(root)
            .with("/rpc", &project.path("rpc"))
            .with("/etc/config.yaml", &project.path("etc/config.yaml"));
        match root.run("/rpc", &["-check"]) {
            Ok(ran) => assert_eq!(ran, healthy, "{target}"),
            Err(reason) => skip!("{reason}"),
        }
    }
}

#[test]
fn a_database_in_c_is_written_and_read_in_the_image() {
    let project = Project::example("sqlite");
    gobuild(&project, Machine::Zig, &["-o", "db", "."])
        .stderr_has("(cgo on: github.com/mattn/go-sqlite3 has C code)")
        .stderr_has(
            "note: github.com/mattn/go-sqlite3 v1.14.17 does not compile with musl 1.2.4 or newer, v1.14.19 does: \
             -D_LARGEFILE64_SOURCE is set for it\n",
        )
        .check();
    for root in ["musl", "empty"] {
        let root = Root::of(root).with("/db", &project.path("db"));
        for expected in ["start 1\n", "start 2\n"] {
            match root.run("/db", &["/starts.db"]) {
                Ok(ran) => assert_eq!(ran, Ran::well(expected)),
                Err(reason) => skip!("{reason}"),
            }
        }
    }
}

#[test]
fn a_stub_is_rejected_before_anything_is_built() {
    let project = Project::example("sqlite").file("db", b"\x7fELF what was here before");
    let before = project.tree();
    let line = ["--target", "scratch", "-o", "db", "."];
    gobuild(&project, Machine::Zig, &line)
        .env("CGO_ENABLED", "0")
        .status(3)
        .stderr(
            "error[GB501]: github.com/mattn/go-sqlite3 is only a stub in this build
  without its C half github.com/mattn/go-sqlite3   (imported by example.com/sqlite)
  in a pod this reads: Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub
  because: cgo is off: CGO_ENABLED in the environment
  help: let gobuild choose: unset CGO_ENABLED, and set cgo = \"auto\" in gobuild.toml
  help: or use a package without C: go get modernc.org/sqlite
  nothing was built
",
        )
        .check();
    assert_eq!(project.tree().since(&before), Vec::<String>::new());
    let allowed = ["--allow", "GB501", "--target", "scratch", "-o", "new", "."];
    gobuild(&project, Machine::Zig, &allowed)
        .env("CGO_ENABLED", "0")
        .stderr_has("warning[GB501]: ")
        .stderr_has("new is published for scratch (linux/amd64) in spite of GB501")
        .check();
}

#[test]
fn without_a_compiler_it_says_who_needs_one_and_every_way_out() {
    let project = Project::example("sqlite");
    gobuild(&project, Machine::Nothing, &["-o", "db", "."])
        .status(2)
        .stderr(
            "error: github.com/mattn/go-sqlite3 needs a C compiler for alpine:3.20 on linux/amd64, and there is none
  example.com/sqlite imports github.com/mattn/go-sqlite3   (without C it builds, and fails in production)
  needed  static musl for linux/amd64
  help: zig makes it: pip install ziglang
  help: musl-gcc makes it: apt-get install musl-tools
  help: do without github.com/mattn/go-sqlite3: go get modernc.org/sqlite
",
        )
        .check();
    assert!(!project.has("db"));
}

#[test]
fn each_machine_takes_what_it_has() {
    let project = Project::example("cgo");
    let plan = |machine, target| gobuild(&project, machine, &["plan", "--target", target]);
    let glibc = plan(Machine::Gcc, "debian:12").output();
    if glibc.status == 0 {
        assert!(glibc.stdout.contains("CC=gcc"), "{}", glibc.stdout);
    }
    plan(Machine::Gcc, "alpine:3.20").status(2).stderr_has("found   ").stderr_has("for glibc 2.").check();
    plan(Machine::Gcc, "debian:10").status(2).stderr_has("needed  glibc 2.28 or older").check();
    plan(Machine::Zig, "debian:12").stdout_has("x86_64-linux-gnu.2.36-").check();
    plan(Machine::Zig, "alpine:3.20").stdout_has("x86_64-linux-musl-").check();
    plan(Machine::MuslGcc, "alpine:3.20").stdout_has("CC=musl-gcc").check();
    plan(Machine::MuslGcc, "debian:12").status(2).stderr_has("it makes programs for musl").check();
    plan(Machine::Everything, "alpine:3.20").stdout_has("x86_64-linux-musl-").check();
}

#[test]
fn musl_gcc_does_it_too() {
    let project = Project::example("cgo");
    gobuild(&project, Machine::MuslGcc, &["--target", "alpine:3.20", "-o", "c", "."])
        .stderr_has("static")
        .check();
    for root in ["musl", "empty"] {
        assert_eq!(ran!(root, project, "c", &[]), Ran::well(STEPS), "{root}");
    }
}

#[test]
fn another_image_never_gets_the_objects_of_the_last_one() {
    let project = Project::example("cgo").file(
        "main.go",
        "package main\n\n// #include <features.h>\n// #ifdef __GLIBC__\n// enum { kind = __GLIBC_MINOR__ };\n\
         // #else\n// enum { kind = 0 };\n// #endif\nimport \"C\"\n\nfunc main() { print(C.kind, \"\\n\") }\n",
    );
    for (target, expected) in
        [("debian:11", "31\n"), ("scratch", "0\n"), ("debian:10", "28\n"), ("debian:11", "31\n")]
    {
        gobuild(&project, Machine::Zig, &["--target", target, "-o", "c", "."]).stderr_any().check();
        project.run(project.path("c"), [""; 0]).stderr(expected).check();
    }
}

#[test]
fn a_static_link_that_go_would_forget_is_made() {
    let project = Project::example("rpc");
    gobuild(
        &project,
        Machine::Zig,
        &["--target", "debian:12", "-ldflags=-s -extldflags=-static", "-o", "rpc", "."],
    )
    .env("CGO_ENABLED", "1")
    .stderr_has("rpc runs in debian:12 (linux/amd64): static\n")
    .check();
}

#[test]
fn a_known_error_of_the_linker_is_followed_by_its_cause_and_a_fix() {
    let project = Project::example("cgo");
    let zig = tools::fetched("zig/ziglang/zig");
    let cache = tools::fetched("cache/gobuild/zig");
    gobuild(
        &project,
        Machine::Nothing,
        &["--target", "debian:12", "-ldflags=-extldflags=-static", "-o", "c", "."],
    )
    .env("CC", format!("\"{}\" cc -target x86_64-linux-gnu.2.31", zig.display()))
    .env("ZIG_GLOBAL_CACHE_DIR", &cache)
    .env("ZIG_LOCAL_CACHE_DIR", &cache)
    .status(1)
    .stderr_has("libc of the specified target requires dynamic linking")
    .stderr_has("  because: zig has glibc as a shared library only\n  help: leave -static out")
    .check();
}

#[test]
fn the_doctor_says_what_there_is_and_what_would_bring_the_rest() {
    let project = Project::hello();
    gobuild(&project, Machine::Zig, &["doctor"])
        .stdout_has("go                     go1.")
        .stdout_has("linux/amd64 static     zig 0.")
        .stdout_has("linux/s390x glibc      zig 0.")
        .stdout_has("linux/arm/v5 glibc     no compiler; apt-get install gcc-arm-linux-gnueabi\n")
        .check();
    gobuild(&project, Machine::MuslGcc, &["doctor"])
        .stdout_has("linux/amd64 static     musl-gcc ")
        .stdout_has("linux/amd64 glibc      no compiler; pip install ziglang\n")
        .check();
    gobuild(&project, Machine::Nothing, &["doctor", "--message-format", "json"])
        .stdout_has("\"reason\":\"doctor\"")
        .check();
}
