//! Packages around C that are known beside what go lists: told by the plan, and by the functions of a file that
//! something else built. The packages are small stand-ins under the real import paths, but for go-sqlite3.

use std::path::PathBuf;

use crate::support::project::Project;
use crate::support::run::Run;
use crate::support::tools;

/// A module that imports a package from a folder beside it.
fn importing(path: &str, files: &[(&str, &str)], call: &str) -> Project {
    let project = Project::empty()
        .file(
            "go.mod",
            format!(
                "module example.com/app\n\ngo 1.22\n\nrequire {path} v1.0.0\n\nreplace {path} => ./near\n"
            ),
        )
        .file("near/go.mod", format!("module {path}\n\ngo 1.22\n"))
        .file(
            "main.go",
            format!("package main\n\nimport lib \"{path}\"\n\nfunc main() {{ println({call}) }}\n"),
        );
    files.iter().fold(project, |project, (name, text)| project.file(format!("near/{name}"), text))
}

const C_HALF: &str = "package lib\n\n// static int one(void) { return 1; }\nimport \"C\"\n\n\
                      //go:noinline\nfunc New() int { return int(C.one()) }\n";
const GO_HALF: &str = "//go:build !cgo\n\npackage lib\n\n//go:noinline\nfunc New() int { return 0 }\n";

pub(crate) fn with_both_halves(path: &str) -> Project {
    importing(path, &[("c.go", C_HALF), ("go.go", GO_HALF)], "lib.New()")
}

/// gobuild on a machine that has zig and no other C compiler.
pub(crate) fn gobuild(project: &Project, args: &[&str]) -> Run {
    let folder = project.top().join("machine");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let link = |name: &str, to: PathBuf| {
        let _ = std::os::unix::fs::symlink(to, folder.join(name));
    };
    link("zig", tools::fetched("zig/ziglang/zig"));
    link("go", tools::go().canonicalize().expect("go is there"));
    link("sh", which::which("sh").expect("there is a shell"));
    project
        .gobuild(args.iter().copied())
        .env("PATH", folder)
        .env("GOBUILD_CACHE", tools::fetched("cache/gobuild"))
}

#[test]
fn a_stub_that_something_else_built_is_found_in_the_stripped_file() {
    let project = Project::example("sqlite");
    project
        .go(["build", "-trimpath", "-ldflags=-s -w", "-o", "db", "."])
        .env("CGO_ENABLED", "0")
        .env("GOFLAGS", "-mod=readonly")
        .check();
    project
        .gobuild(["verify", "--target", "scratch", "db"])
        .status(3)
        .stdout_has("db: rejected for scratch on linux/amd64")
        .stderr(
            "error[GB501]: github.com/mattn/go-sqlite3 is only a stub in this binary
  db calls   github.com/mattn/go-sqlite3.SQLiteDriver.Open   (its table of functions)
  db records github.com/mattn/go-sqlite3 v1.14.17
  in a pod this reads: Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub
  because: cgo was off (CGO_ENABLED=0 in the binary's build information)
  help: build it with its C half: gobuild --target scratch --platform linux/amd64
  help: or use a package without C: go get modernc.org/sqlite
",
        )
        .check();
    // What the program says itself.
    let ran = project.run(project.path("db"), ["starts.db"]).output();
    assert!(ran.status != 0 && ran.stderr.contains("requires cgo to work. This is a stub"), "{ran:?}");
    // In the table over every image it is the first thing that rejects.
    project.gobuild(["verify", "--all", "db"]).status(3).stdout_has("GB501").check();
}

#[test]
fn a_module_that_is_only_listed_is_no_finding() {
    let path = "github.com/mattn/go-sqlite3";
    let project = importing(
        path,
        &[
            ("c.go", C_HALF),
            ("go.go", GO_HALF),
            ("deep/deep.go", "package deep\n\n//go:noinline\nfunc New() int { return 2 }\n"),
        ],
        "lib.New()",
    )
    .file(
        "main.go",
        format!("package main\n\nimport lib \"{path}/deep\"\n\nfunc main() {{ println(lib.New()) }}\n"),
    );
    project.go(["build", "-o", "app", "."]).env("CGO_ENABLED", "0").check();
    project.gobuild(["verify", "--target", "scratch", "app"]).stdout_has("accepted").check();
}

#[test]
fn what_is_optional_is_a_line_of_the_plan_and_advice_on_a_finished_file() {
    let project = with_both_halves("github.com/karalabe/hid");
    let line = ["--target", "scratch", "-o", "app", "."];
    let lost = "note: cgo is off, and github.com/karalabe/hid loses its C half (example.com/app imports \
                github.com/karalabe/hid): no USB device is ever found: hid.Supported() is false\n";
    let built = project.gobuild(line).env("CGO_ENABLED", "0").stderr_has(lost).check();
    assert!(!built.stderr.contains("GB502"), "{}", built.stderr);
    project
        .gobuild(["verify", "--target", "scratch", "app"])
        .stdout_has("app: accepted for scratch")
        .stderr_has("warning[GB502]: github.com/karalabe/hid is in this binary without its C half\n")
        .check();
}

#[test]
fn a_library_that_is_loaded_when_the_program_runs_needs_a_program_with_a_loader() {
    let project = with_both_halves("github.com/miekg/pkcs11");
    let gobuild = |args: &[&str]| gobuild(&project, args);
    let said = "github.com/miekg/pkcs11 loads a library when it runs";
    gobuild(&["--target", "scratch", "-o", "app", "."]).stderr_has(said).check();
    gobuild(&["verify", "--target", "scratch", "app"])
        .stdout_has("app: accepted for scratch")
        .stderr_has("warning[GB503]: github.com/miekg/pkcs11 cannot load its library in this binary\n")
        .check();
    let dynamic = gobuild(&["--target", "debian:12", "-o", "app", "."]).stderr_any().check();
    assert!(!dynamic.stderr.contains(said), "{}", dynamic.stderr);
    gobuild(&["verify", "--target", "debian:12", "app"]).stdout_has("accepted").check();
}

#[test]
fn a_compiled_library_for_glibc_is_refused_for_musl_unless_a_tag_selects_the_other() {
    let path = "github.com/confluentinc/confluent-kafka-go";
    let project = with_both_halves(path);
    let plan = |args: &[&str]| gobuild(&project, &[&["plan"], args].concat());
    for target in ["alpine:3.20", "scratch"] {
        plan(&["--target", target])
            .status(2)
            .stderr(
                "error: github.com/confluentinc/confluent-kafka-go comes with a compiled library for glibc, and this program is linked with musl
  example.com/app imports github.com/confluentinc/confluent-kafka-go
  help: a tag selects the one for musl: -tags=musl
  help: or use a package without C: go get github.com/twmb/franz-go
",
            )
            .check();
    }
    plan(&["--target", "alpine:3.20", "-tags=musl"]).stdout_has("-tags=musl").check();
    plan(&["--target", "alpine:3.20", "-tags", "netgo,musl"]).stdout_any().check();
    plan(&["--target", "alpine:3.20"]).env("GOFLAGS", "-tags=musl").stdout_any().check();
    plan(&["--target", "alpine:3.20", "-tags=dynamic"]).stdout_any().check();
    plan(&["--target", "debian:12"]).stdout_has("x86_64-linux-gnu.2.36-").check();
    let project = project.file("gobuild.toml", "[build]\ntags = [\"musl\"]\n");
    gobuild(&project, &["plan", "--target", "alpine:3.20"]).stdout_has("-tags=musl").check();
}

#[test]
fn where_the_tag_alone_does_not_do_it_the_rest_is_told() {
    let wasm = with_both_halves("github.com/CosmWasm/wasmvm");
    gobuild(&wasm, &["plan", "--target", "alpine:3.20"])
        .status(2)
        .stderr_has("  help: a tag selects the one for musl: -tags=muslc\n  help: the module does not bring libwasmvm_muslc")
        .check();
    let never = with_both_halves("github.com/wasmerio/wasmer-go");
    gobuild(&never, &["plan", "--target", "alpine:3.20"])
        .status(2)
        .stderr_has("  help: build for an image with glibc: gobuild --target debian:12")
        .check();
}
