//! What is written where: JSON, colour only where it is wanted.

use serde_json::Value;
use snapbox::str;

use crate::support::project::Project;

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("each line is one object")).collect()
}

fn of<'a>(objects: &'a [Value], reason: &str) -> &'a Value {
    objects
        .iter()
        .find(|object| object["reason"] == reason)
        .unwrap_or_else(|| panic!("no {reason} in {objects:?}"))
}

/// A program that asks for a loader without a C compiler at hand.
fn rejected(project: &Project, args: &[&str]) -> crate::support::run::Run {
    let line = ["--target", "scratch", "--platform", "linux/amd64", "-buildmode=pie", "-o", "x"];
    project.gobuild(line.iter().chain(args).copied()).status(3)
}

#[test]
fn with_nothing_to_do_the_artifact_says_so() {
    let project = Project::hello();
    let line = ["--target", "scratch", "-o", "ok", "--message-format", "json"];
    project.gobuild(line).stdout_any().stderr_any().check();
    let again = project.gobuild(line).stdout_any().stderr_any().check();
    assert_eq!(of(&objects(&again.stdout), "artifact")["fresh"], false);
    assert_eq!(of(&objects(&again.stdout), "verdict")["accepted"], true);
}

const REJECTION: &str = r"error[GB201]: the image has no loader for this binary
  x asks for  /lib64/ld-linux-x86-64.so.2   (glibc)
";

#[test]
fn a_rejection_reads_the_same_with_colour_and_without() {
    let project = Project::hello();
    let plain = rejected(&project, &[]).stderr_any().check().stderr;
    assert!(plain.contains(REJECTION), "{plain}");
    let colour = rejected(&project, &["--color", "always"]).stderr_any().check().stderr;
    assert!(colour.contains("\u{1b}[1m\u{1b}[91merror[GB201]\u{1b}[0m: "), "{colour:?}");
    let mut stripped = String::new();
    let mut rest = colour.as_str();
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = behind.split_once('m').expect("a style ends").1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn the_whole_of_a_rejection() {
    rejected(&Project::hello(), &[])
        .stderr(str![[r"
    Building x for scratch on linux/amd64 (cgo off)
error[GB201]: the image has no loader for this binary
  x asks for  /lib64/ld-linux-x86-64.so.2   (glibc)
  scratch has no loader                     (no libc)
  in a pod this reads: exec /app/x: no such file or directory
  because: [..]
  help: [..]
...
  x was not written; the rejected file is [..]/gobuild/stage/[..]/x

"]])
        .check();
}

#[test]
fn what_was_allowed_is_published_and_still_said() {
    let project = Project::hello();
    rejected(&project, &["--allow", "loader-missing"])
        .status(0)
        .stderr_has("warning[GB201]: the image has no loader for this binary (allowed)")
        .stderr_has("    Finished x is published for scratch (linux/amd64) in spite of GB201: dynamic")
        .check();
    assert!(project.has("x"));
}

#[test]
fn an_image_that_nobody_has_heard_of_takes_a_static_binary_with_one_line() {
    let project = Project::hello();
    project
        .gobuild(["--target", "registry.corp/base:7", "--platform", "linux/amd64", "-o", "x"])
        .stderr(str![[r"
note: nobody has described registry.corp/base:7: only what asks nothing of it can be accepted
    Building x for registry.corp/base:7 on linux/amd64 (cgo off)
    Finished x (linux/amd64): static; asks nothing of registry.corp/base:7, which nobody has described

"]])
        .check();
}

#[test]
fn quiet_leaves_the_rejection_alone() {
    let said = rejected(&Project::hello(), &["--quiet"]).stderr_any().check().stderr;
    assert!(said.starts_with("error[GB201]: "), "{said}");
}
