//! gobuild.lock: what was read counts before what the catalogue says.

use serde_json::json;

use crate::support::layers::{Layer, saved};
use crate::support::project::Project;
use crate::support::root::Root;

/// An archive that calls itself alpine and has a glibc root in it, so that it can be told from the catalogue.
fn project() -> Project {
    let root = Root::of("debian");
    let config = json!({ "os": "linux", "architecture": arch(), "config": { "User": "app" } });
    let archive = saved("alpine:3.20", &config, &[Layer::new().folder(root.path()).gzip()]);
    Project::hello().file("alpine.tar", archive).file("gobuild.toml", "target = \"alpine:3.20\"\n")
}

fn arch() -> &'static str {
    if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" }
}

#[test]
fn a_pin_counts_before_the_catalogue_and_behind_gobuild_toml() {
    let project = project();
    project
        .gobuild(["image", "show", "alpine:3.20"])
        .stdout_has("libc          musl, version unknown")
        .check();
    let line = ["image", "pin", "alpine:3.20", "--image", "alpine.tar"];
    project.gobuild(line).stderr_has("Pinned alpine:3.20 for linux/").stderr_has("sha256:").check();
    let first = project.read("gobuild.lock");
    project.gobuild(line).stderr_any().check();
    assert_eq!(project.read("gobuild.lock"), first, "the same image gives the same text");
    project
        .gobuild(["image", "show", "docker.io/library/alpine:3.20"])
        .stdout_has("libc          glibc 2.")
        .stdout_has("(gobuild.lock)")
        .stdout_has("user          app")
        .check();
    project.go(["build", "-o", "pie", "-buildmode=pie"]).env("CGO_ENABLED", "0").stderr_any().check();
    project.gobuild(["verify", "pie"]).stdout_has("accepted").check();
    let said = project
        .file("gobuild.toml", "target = \"alpine:3.20\"\n[image.\"alpine:3.20\"]\nlibc = \"musl 1.2.3\"\n");
    said.gobuild(["image", "show", "alpine:3.20"]).stdout_has("libc          musl 1.2.3").check();
}

#[test]
fn a_lock_that_does_not_match_says_so() {
    let project = project();
    project.gobuild(["image", "pin", "alpine:3.20", "--image", "alpine.tar"]).stderr_any().check();
    // Another tag of the same image: the catalogue counts, and that is said.
    project
        .gobuild(["image", "show", "alpine:3.21"])
        .stdout_has("libc          musl 1.2.5")
        .stderr_has("gobuild.lock has docker.io/library/alpine:3.20, not alpine:3.21")
        .stderr_has("gobuild image pin alpine:3.21")
        .check();
    // A platform that was not pinned.
    project
        .gobuild(["--platform", "linux/s390x", "-o", "x"])
        .status(2)
        .stderr_has("not for linux/s390x")
        .stderr_has("gobuild image pin alpine:3.20 --platform linux/s390x")
        .check();
    assert!(!project.has("x"));
}

#[test]
fn a_foreign_or_broken_lock_stops_the_build() {
    for (text, words) in [
        ("[[package]]\nname = \"x\"\n", "gobuild.lock cannot be read"),
        ("{\"version\": 99, \"images\": []}", "gobuild.lock has version 99"),
    ] {
        let project =
            Project::hello().file("gobuild.toml", "target = \"alpine:3.20\"\n").file("gobuild.lock", text);
        project.gobuild(["-o", "x"]).status(2).stderr_has(words).stderr_has("image pin").check();
        assert!(!project.has("x"));
        assert_eq!(project.read("gobuild.lock"), text.as_bytes(), "it is left alone");
    }
}

#[test]
fn what_cannot_be_pinned_writes_no_lock() {
    let project = Project::hello().file("bad.tar", "nothing");
    project
        .gobuild(["image", "pin", "alpine:3.20", "--image", "bad.tar"])
        .status(2)
        .stderr_has("cannot read bad.tar")
        .check();
    project
        .gobuild(["image", "pin", "Not An Image", "--image", "bad.tar"])
        .status(2)
        .stderr_has("error: ")
        .check();
    assert!(!project.has("gobuild.lock"));
}
