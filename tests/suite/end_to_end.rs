//! The promise, with nothing made up: the real service, the real go, root file systems that are entered.

use snapbox::str;

use crate::support::container::Engine;
use crate::support::project::Project;
use crate::support::root::{Ran, Root};
use crate::support::skip::skip;

const HEALTHY: &str = "rpc 1.0.0: healthy, zone Europe/Amsterdam\n";

/// What was at the output before; has to survive a rejection byte for byte. Go refuses to replace a file
/// that is no object, so it begins as one.
const OLD: &[u8] = b"\x7fELF what was here before";

/// Builds `examples/rpc` as everybody does on a machine with gcc.
fn plain_go_build() -> Project {
    let project = Project::example("rpc");
    project.go(["build", "-o", "rpc", "."]).env("CGO_ENABLED", "1").env("CC", "gcc").check();
    project
}

/// Whether a C compiler for the tests with cgo is there.
fn gcc() -> bool {
    which::which("gcc").is_ok()
}

/// A root with the service and its configuration, as a Dockerfile would make it.
fn root_with_rpc(root: &str, project: &Project) -> Root {
    Root::of(root)
        .with("/rpc", &project.path("rpc"))
        .with("/etc/config.yaml", &project.path("etc/config.yaml"))
}

#[test]
fn what_go_builds_by_itself_does_not_start_on_musl() {
    if !gcc() {
        skip!("gcc was not found");
    }
    let project = plain_go_build();
    for root in ["musl", "empty"] {
        match root_with_rpc(root, &project).run("/rpc", &["-check"]) {
            Ok(ran) => assert_eq!(ran, Ran::NoSuchFile, "in {root}"),
            Err(reason) => skip!("{reason}"),
        }
    }
}

#[test]
fn what_gobuild_hands_on_starts_everywhere() {
    let project = Project::example("rpc");
    project.gobuild(["--target", "alpine", "-o", "rpc", "."]).stderr_has("alpine").check();
    for root in ["musl", "empty", "debian"] {
        match root_with_rpc(root, &project).run("/rpc", &["-check"]) {
            Ok(ran) => assert_eq!(ran, Ran::well(HEALTHY), "in {root}"),
            Err(reason) => skip!("{reason}"),
        }
    }
}

#[test]
fn the_file_alone_is_enough() {
    let project = Project::example("rpc");
    project.gobuild::<&str>([]).stderr_any().check();
    match root_with_rpc("musl", &project).run("/rpc", &["-check"]) {
        Ok(ran) => assert_eq!(ran, Ran::well(HEALTHY)),
        Err(reason) => skip!("{reason}"),
    }
}

#[test]
fn a_binary_for_glibc_is_rejected_for_alpine_and_the_old_output_stays() {
    if !gcc() {
        skip!("gcc was not found");
    }
    let project = Project::example("rpc").file("rpc", OLD);
    let before = project.tree();
    project
        .gobuild(["--target", "alpine", "-o", "rpc", "."])
        .env("CGO_ENABLED", "1")
        .env("CC", "gcc")
        .status(3)
        .stderr(str![[r"
...
error[GB201]: the image has no loader for this binary
  rpc asks for [..]/lib64/ld-linux-x86-64.so.2[..](glibc)
  alpine:[..] has [..]/lib/ld-musl-x86_64.so.1[..](musl [..])
  in a pod this reads: exec /app/rpc: no such file or directory
  because: cgo was on and the C compiler was gcc (CGO_ENABLED=1, CC=gcc from the environment)
  help: [..]
...
  rpc was not written; the rejected file is [..]/gobuild/stage/[..]/rpc
...
"]])
        .check();
    assert_eq!(project.tree().since(&before), Vec::<String>::new());
    assert_eq!(project.read("rpc"), OLD);
}

#[test]
fn a_rejected_binary_does_not_appear_where_nothing_was() {
    if !gcc() {
        skip!("gcc was not found");
    }
    let project = Project::example("rpc");
    let before = project.tree();
    for target in ["alpine:3.20", "scratch"] {
        project
            .gobuild(["--target", target, "-o", "rpc", "."])
            .env("CGO_ENABLED", "1")
            .env("CC", "gcc")
            .status(3)
            .stderr_has("error[GB201]: ")
            .check();
        assert_eq!(project.tree().since(&before), Vec::<String>::new(), "{target}");
    }
}

#[test]
fn a_binary_with_c_in_it_starts_on_debian() {
    if !gcc() {
        skip!("gcc was not found");
    }
    let project = Project::example("cgo");
    project.gobuild(["--target", "debian:12", "-o", "cgo", "."]).stderr_has("debian:12").check();
    let on_debian = Root::of("debian").with("/cgo", &project.path("cgo")).run("/cgo", &[]);
    match on_debian {
        Ok(ran) => assert_eq!(ran, Ran::well("27 needs 111 steps\n")),
        Err(reason) => skip!("{reason}"),
    }
}

#[test]
fn a_program_without_c_starts_in_nothing_at_all() {
    let project = Project::example("hello");
    project.gobuild(["-o", "hello"]).stderr_any().check();
    match Root::of("empty").with("/hello", &project.path("hello")).run("/hello", &[]) {
        Ok(ran) => assert_eq!(ran, Ran::well("hello\n")),
        Err(reason) => skip!("{reason}"),
    }
}

#[test]
fn the_users_choice_without_need_for_c_is_honoured() {
    let project = Project::example("hello");
    project.gobuild(["--target", "alpine", "-o", "hello"]).env("CGO_ENABLED", "1").stderr_any().check();
    match Root::of("empty").with("/hello", &project.path("hello")).run("/hello", &[]) {
        Ok(ran) => assert_eq!(ran, Ran::well("hello\n")),
        Err(reason) => skip!("{reason}"),
    }
}

#[test]
fn verify_says_the_same_of_a_binary_that_go_made() {
    if !gcc() {
        skip!("gcc was not found");
    }
    let project = plain_go_build();
    let before = project.tree();
    let rejected = project.gobuild(["verify", "rpc", "--target", "alpine:3.20"]).status(3);
    rejected.stderr_any().stdout_any().check();
    let accepted = project.gobuild(["verify", "rpc", "--target", "debian:12"]);
    accepted.stderr_any().stdout_any().check();
    assert_eq!(project.tree().since(&before), Vec::<String>::new(), "verify only reads");
}

#[test]
fn a_second_build_with_nothing_to_do_is_accepted_too() {
    let project = Project::example("rpc");
    project.gobuild(["--target", "alpine", "-o", "rpc"]).stderr_any().check();
    let first = project.tree();
    project.gobuild(["--target", "alpine", "-o", "rpc"]).stderr_any().check();
    assert_eq!(project.tree().since(&first), Vec::<String>::new());
}

#[test]
fn a_container_says_what_the_message_said() {
    let Some(engine) = Engine::find() else {
        skip!("no container engine answers, neither docker nor podman");
    };
    if !gcc() {
        skip!("gcc was not found");
    }
    let broken = root_with_rpc("musl", &plain_go_build());
    let (well, said) = engine.import(broken.path()).run(&["/rpc", "-check"]);
    assert!(!well, "{said}");
    assert!(said.contains("no such file or directory"), "{said}");

    let project = Project::example("rpc");
    project.gobuild(["--target", "alpine", "-o", "rpc", "."]).stderr_any().check();
    let proven = root_with_rpc("musl", &project);
    assert_eq!(engine.import(proven.path()).run(&["/rpc", "-check"]), (true, HEALTHY.to_owned()));
}
