//! Real modules with C and C++ in them: what follows for cgo, and that the result does its work in each image.

use crate::oracle::{self, Question};
use crate::support::project::{self, Project};
use crate::support::run::Run;
use crate::support::skip::skip;
use crate::support::tools;

use super::kitchen::gobuild;

/// A program around a real module.
struct Module {
    /// Below the checkout.
    folder: &'static str,
    flags: &'static [&'static str],
    /// What the line about the build says of cgo.
    cgo: &'static str,
    /// All that it prints.
    prints: &'static str,
    /// Images and the roots that stand for them.
    places: &'static [(&'static str, &'static str)],
}

const DEBIAN: (&str, &str) = ("debian:12", "glibc-2.36-cxx");
const OLDER: (&str, &str) = ("debian:11", "glibc-2.31-cxx");
/// It has glibc, and no C++ library.
const BASE: (&str, &str) = ("gcr.io/distroless/base-debian12", "glibc-2.36");
const ALPINE: (&str, &str) = ("alpine:3.22", "musl-with-shell");
const SCRATCH: (&str, &str) = ("scratch", "empty");

const SQLITE: Module = Module {
    folder: "examples/sqlite",
    flags: &[],
    cgo: "(cgo on: github.com/mattn/go-sqlite3 has C code)",
    prints: "start 1\n",
    places: &[DEBIAN, ALPINE, SCRATCH],
};

/// The same, translated to Go.
const PURE: Module = Module { folder: "tests/suite/matrix/modules/pure", cgo: "(cgo off)", ..SQLITE };

/// Its scanner is C++.
const TREE: Module = Module {
    folder: "tests/suite/matrix/modules/tree",
    flags: &[],
    cgo: "(cgo on: github.com/smacker/go-tree-sitter and 1 more package have C code)",
    prints: "(stream (document (block_node (block_mapping (block_mapping_pair key: (flow_node (plain_scalar \
             (string_scalar))) value: (flow_node (plain_scalar (integer_scalar))))))))\n",
    places: &[DEBIAN, OLDER, BASE, ALPINE, SCRATCH],
};

/// It comes compiled, once for each C library.
const KAFKA: Module = Module {
    folder: "tests/suite/matrix/modules/kafka",
    flags: &[],
    cgo: "(cgo on: github.com/confluentinc/confluent-kafka-go/v2/kafka has C code)",
    prints: "librdkafka true 2.11.1\n",
    places: &[DEBIAN, OLDER],
};

const KAFKA_FOR_MUSL: Module = Module { flags: &["-tags=musl"], places: &[ALPINE, SCRATCH], ..KAFKA };

fn copy(folder: &str) -> Project {
    let project = Project::empty();
    project::copy(&tools::checkout().join(folder), &project.dir());
    project
}

/// Builds for an image into `app`.
fn build(project: &Project, image: &str, flags: &[&str]) -> Run {
    let line = ["--target", image, "-o", "app"].into_iter().chain(flags.iter().copied()).chain(["."]);
    gobuild(project, line)
}

/// Builds it for each of its images, and starts it there.
fn does_its_work(module: &Module) {
    if let Some(reason) = oracle::missing() {
        skip!("{reason}");
    }
    let enter = oracle::enter();
    let project = copy(module.folder);
    for (image, root) in module.places {
        build(&project, image, module.flags).stderr_has(module.cgo).check();
        let inside = tempfile::TempDir::new_in(tools::fetched("cache/oracle")).expect("a folder can be made");
        oracle::link(&tools::fetched("cache/oracle/roots").join(root), inside.path());
        std::fs::copy(project.path("app"), inside.path().join("app")).expect("a file can be copied");
        let question = Question { root: inside.path(), argv: vec!["/app".into()] };
        let happened = enter.ask(&[question]).remove(0);
        assert!(happened.printed(module.prints), "{} in {image}: {happened}", module.folder);
    }
}

#[test]
#[ignore = "sqlite is compiled for each C library: make test-matrix"]
fn sqlite_in_c_does_its_work_in_each_image() {
    does_its_work(&SQLITE);
}

#[test]
#[ignore = "sqlite in Go is large: make test-matrix"]
fn sqlite_in_go_needs_no_c_and_does_its_work_in_each_image() {
    does_its_work(&PURE);
}

#[test]
#[ignore = "a parser is compiled for each C library: make test-matrix"]
fn a_parser_in_cxx_does_its_work_in_each_image() {
    does_its_work(&TREE);
}

#[test]
#[ignore = "the module is large: make test-matrix"]
fn a_library_that_comes_compiled_does_its_work_in_each_image() {
    does_its_work(&KAFKA);
    does_its_work(&KAFKA_FOR_MUSL);
}

#[test]
#[ignore = "the module is large: make test-matrix"]
fn a_compiled_library_for_the_other_libc_is_refused_with_the_tag_that_helps() {
    let project = copy("tests/suite/matrix/modules/kafka");
    build(&project, "alpine:3.22", &[])
        .status(2)
        .stderr_has("comes with a compiled library for glibc, and this program is linked with musl\n")
        .stderr_has("  help: a tag selects the one for musl: -tags=musl\n")
        .check();
    // Nothing compiles without it, whatever the package list says.
    build(&project, "debian:12", &[])
        .env("CGO_ENABLED", "0")
        .status(2)
        .stderr_has("confluent-kafka-go/v2/kafka cannot be built without cgo\n")
        .check();
    assert!(!project.has("app"));
}

#[test]
fn a_stub_that_the_file_asks_for_never_reaches_anyone() {
    let project =
        copy("examples/sqlite").file("gobuild.toml", "target = \"alpine:3.22\"\n\n[build]\ncgo = \"off\"\n");
    let before = project.tree();
    let rejected = build(&project, "alpine:3.22", &[]).status(3);
    rejected
        .stderr_has("error[GB501]: github.com/mattn/go-sqlite3 is only a stub in this build\n")
        .stderr_has("  because: cgo is off: gobuild.toml:4 build.cgo\n")
        .stderr_has("  nothing was built\n")
        .check();
    assert_eq!(project.tree().since(&before), Vec::<String>::new());
    // What it saves people from: go builds it, and it fails where it is used.
    project.go(["build", "-o", "app", "."]).env("CGO_ENABLED", "0").check();
    project.run(project.path("app"), [""; 0]).status(1).stderr_has("This is a stub").check();
}
