//! `gobuild explain` with messages as people paste them, alone and with the file that gave them.

use std::ffi::OsStr;
use std::path::Path;

use serde_json::Value;
use snapbox::{Assert, Data, str};

use crate::support::project::Project;
use crate::support::tools;

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("not one object: {error}\n{text}"))
}

/// Names of the causes that a message is explained with, in their order.
fn causes(message: &str) -> Vec<String> {
    let anywhere = Project::empty();
    let line = ["explain", message, "--message-format", "json"];
    let object = object(&anywhere.gobuild(line).stdout_any().check().stdout);
    assert_eq!(object["reason"], "explanation");
    let symptoms = object["symptoms"].as_array().expect("a list").iter();
    let all = symptoms.flat_map(|symptom| symptom["causes"].as_array().expect("a list").clone());
    all.map(|cause| cause["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_message_is_answered_with_its_causes_how_to_tell_them_and_what_to_do() {
    Project::empty()
        .gobuild(["explain", "unknown time zone America/Sao_Paulo"])
        .stdout(str![[r"
unknown time zone Europe/Paris
  there is no zone information where Go looks for it
  2 causes, the most frequent first

1. no-zoneinfo (very common, GB302)
   the image has no /usr/share/zoneinfo, and the program does not carry the zones itself
   tell: `ls /usr/share/zoneinfo/Europe` in the image
   tell: `gobuild image show IMAGE` has a line for time zones
   help: build with -tags timetzdata, which adds the zones to the program (450 kB)
   help: or install the package tzdata

2. zoneinfo-stub (occasional, GB302)
   ubi-minimal lists tzdata as installed and has had its zones removed
   tell: `ls /usr/share/zoneinfo/Europe` in the image; the package list is no proof
   help: -tags timetzdata
   help: or microdnf reinstall tzdata

"]])
        .check();
}

#[test]
fn what_stands_around_a_message_makes_no_difference() {
    let missing = causes("exec /app/rpc: no such file or directory");
    assert_eq!(missing[0], "glibc-loader-missing");
    assert_eq!(
        causes("standard_init_linux.go:228: exec user process caused: no such file or directory"),
        missing
    );
    assert_eq!(causes("EXEC \u{201c}/srv/payments\u{201d}: no such file\n   or directory"), missing);
    let absent = "docker: Error response from daemon: failed to create task for container: OCI runtime create failed: \
                  runc create failed: unable to start container process: exec: \"/app\": stat /app: no such file or \
                  directory: unknown.";
    assert_eq!(causes(absent)[0], "entrypoint-path");
    assert_eq!(causes("Illegal instruction"), ["goarm", "goamd64", "gomips"]);
    assert_eq!(causes("-race requires cgo; enable cgo by setting CGO_ENABLED=1"), ["race-build"]);
    let words = ["explain", "exec", "format", "error"];
    Project::empty().gobuild(words).stdout_has("1. wrong-architecture (very common, GB102, GB103)").check();
}

#[test]
fn a_log_on_standard_input_is_searched() {
    let log = "+ kubectl logs shop-5d9 --previous\n2026-03-01T10:00:00Z \u{1b}[31m/app: /lib/x86_64-linux-gnu/libc.so.6: \
               version `GLIBC_2.34' not found (required by /app)\u{1b}[0m\nBack-off restarting failed container\n";
    let project = Project::empty().file("log", log);
    let piped = |log: &str| {
        let script = format!("\"$0\" explain - < {log}");
        project.run(OsStr::new("sh"), ["-c", &script, env!("CARGO_BIN_EXE_gobuild")])
    };
    let answer = piped("log").stdout_has("1. glibc-too-old (very common, GB203)").check();
    assert!(!answer.stdout.contains("CrashLoopBackOff"), "{}", answer.stdout);
    piped("/dev/null").status(2).stderr_has("there is no message to explain").check();
}

#[test]
fn a_stranger_is_said_to_be_one_with_the_nearest_messages() {
    let anywhere = Project::empty();
    anywhere
        .gobuild(["explain", "cannot verify a certificate of this authority"])
        .status(2)
        .stderr_has("error: `cannot verify a certificate of this authority` is neither a check nor a message")
        .stderr_has("  the nearest messages are:\n    x509: certificate signed by unknown authority\n")
        .check();
    anywhere.gobuild(["explain", "xyzzy"]).status(2).stderr_has("paste the message as").check();
    anywhere
        .gobuild(["explain", "loader-mising"])
        .status(2)
        .stderr_has("did you mean `loader-missing`?")
        .check();
    anywhere.gobuild(["explain", "pie-loadr"]).status(2).stderr_has("did you mean `pie-loader`?").check();
    anywhere.gobuild(["explain", "PIE-loader"]).stdout_has("pie-loader (occasional, GB201)").check();
}

#[test]
fn the_file_itself_says_which_cause_it_is() {
    let project = Project::hello();
    let go = |output: &str, flags: &[&str], cgo: &str| {
        let line = [&["build", "-o", output], flags].concat();
        project.go(line).env("CGO_ENABLED", cgo).stdout_any().stderr_any().check();
    };
    go("pie", &["-buildmode=pie"], "0");
    go("static", &[], "0");
    let message = "exec /app/rpc: no such file or directory";
    let line = ["explain", message, "--file", "pie", "--target", "scratch"];
    project
        .gobuild(line)
        .stdout_has("pie for scratch on linux/")
        .stdout_has("\n  it is        pie-loader\n")
        .stdout_has("\n  ruled out    glibc-loader-missing, script-interpreter, ")
        .stdout_has("error[GB201]: the image has no loader for this binary")
        .check();
    let line = ["explain", message, "--file", "static", "--target", "scratch"];
    project.gobuild(line).stdout_has("  it is        none that a file shows\n").check();
    let line = ["explain", message, "--file", "pie"];
    project
        .gobuild(line)
        .stdout_has("  it is        not certain\n")
        .stdout_has("--target alpine:3.20")
        .check();

    let line = ["explain", message, "--file", "pie", "--target", "scratch", "--message-format", "json"];
    let answer = object(&project.gobuild(line).stdout_any().check().stdout);
    let file = &answer["files"][0];
    assert_eq!((&file["file"], &file["image"]), (&Value::from("pie"), &Value::from("scratch")));
    assert_eq!(file["causes"]["pie-loader"], "yes");
    assert_eq!(file["causes"]["race-build"], "no");
    assert_eq!(file["findings"][0]["id"], "GB201");
}

#[test]
fn a_script_and_another_processor_are_told_apart() {
    let project = Project::hello().file("entry", "#!/bin/bash\nexec /app\n");
    let go = project.go(["build", "-o", "arm"]).env("GOARCH", "arm64").env("CGO_ENABLED", "0");
    go.stdout_any().stderr_any().check();
    let explained = |file: &str| {
        let line = ["explain", "exec format error", "--file", file, "--platform", "linux/amd64"];
        project.gobuild(line).stdout_any().check().stdout
    };
    assert!(explained("entry").contains("  it is        script-interpreter\n"), "{}", explained("entry"));
    let arm = explained("arm");
    assert!(arm.contains("  it is        wrong-architecture, stale-local-binary\n"), "{arm}");
}

#[test]
fn a_file_goes_with_a_message_and_a_target_with_a_file() {
    let project = Project::empty().file("x", "x");
    let line = ["explain", "GB201", "--file", "x"];
    project.gobuild(line).status(2).stderr_has("help: gobuild verify x").check();
    let line = ["explain", "exec format error", "--target", "alpine"];
    project.gobuild(line).status(2).stderr_has("--file").check();
    let line = ["explain", "exec format error", "--file", "nothing"];
    project.gobuild(line).status(2).stderr_has("cannot read nothing: no such file").check();
}

/// `SNAPSHOTS=overwrite` writes it.
#[test]
fn the_page_of_messages_is_what_the_table_says() {
    let page = tools::checkout().join("docs/symptoms.md");
    let written = Data::read_from(Path::new(&page), None);
    Assert::new().action_env("SNAPSHOTS").eq(gobuild::report::symptoms_page::page(), written);
}
