//! What go is really asked for, seen from go's side: a `go` that records its words and its environment.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::fake_go::FakeGo;
use crate::support::project::Project;

/// Hands everything on to the real go.
const REAL: &str = "exec \"$real\" \"$@\"";

/// Whether these words stand in a row.
fn in_a_row(words: &[String], row: &[&str]) -> bool {
    words.windows(row.len()).any(|window| window == row)
}

#[test]
fn the_plan_for_alpine_reaches_go() {
    let project = Project::hello();
    let go = FakeGo::new(&project, REAL);
    project.gobuild(["--target", "alpine:3.20", "-o", "rpc"]).env("PATH", go.path()).stderr_any().check();
    assert_eq!(go.variable("CGO_ENABLED").as_deref(), Some("0"));
    assert_eq!(go.variable("GOOS").as_deref(), Some("linux"));
    assert!(project.has("rpc"));
}

#[test]
fn the_platform_reaches_go() {
    let project = Project::hello();
    let go = FakeGo::new(&project, REAL);
    let line = ["--target", "alpine:3.20", "--platform", "linux/arm/v7", "-o", "rpc"];
    project.gobuild(line).env("PATH", go.path()).stderr_any().check();
    assert_eq!(go.variable("GOARCH").as_deref(), Some("arm"));
    assert_eq!(go.variable("GOARM").as_deref(), Some("7"));
}

#[test]
fn the_users_words_stay_and_only_the_output_moves() {
    let project = Project::hello();
    let go = FakeGo::new(&project, REAL);
    let line = [
        "-trimpath",
        "-ldflags",
        "-X 'main.version=1 2'",
        "--tags=",
        "-o",
        "out/rpc",
        "--target",
        "scratch",
        ".",
    ];
    project.gobuild(line).env("PATH", go.path()).stderr_any().check();
    let words = go.args();
    assert_eq!(words[0], "build");
    assert!(in_a_row(&words, &["-trimpath", "-ldflags", "-X 'main.version=1 2'", "--tags="]), "{words:?}");
    assert_eq!(words.last().map(String::as_str), Some("."));
    assert!(!words.iter().any(|word| word.contains("--target") || word == "out/rpc"), "{words:?}");
    let staged = words.iter().find(|word| word.ends_with("/rpc")).expect("go writes into the staging folder");
    assert!(staged.contains("/.cache/gobuild/stage/"), "{staged}");
    assert!(project.has("out/rpc"));
}

#[test]
fn release_strips_and_trims() {
    let project = Project::hello();
    let go = FakeGo::new(&project, REAL);
    project
        .gobuild(["--target", "scratch", "--release", "-o", "x"])
        .env("PATH", go.path())
        .stderr_any()
        .check();
    let words = go.args();
    assert!(words.iter().any(|word| word == "-trimpath"), "{words:?}");
    assert!(words.iter().any(|word| word.contains("-s -w")), "{words:?}");
}

#[test]
fn without_release_nothing_is_added_for_a_static_binary() {
    let project = Project::hello();
    let go = FakeGo::new(&project, REAL);
    project.gobuild(["--target", "scratch", "-o", "x"]).env("PATH", go.path()).stderr_any().check();
    let words = go.args();
    assert!(!words.iter().any(|word| word.contains("ldflags") || word.contains("trimpath")), "{words:?}");
}

#[test]
fn gos_status_and_words_come_through() {
    let project = Project::hello();
    let go = FakeGo::new(&project, "echo 'go: out of luck' >&2; exit 7");
    project
        .gobuild(["--target", "scratch", "-o", "x"])
        .env("PATH", go.path())
        .status(7)
        .stderr_has("go: out of luck\n")
        .check();
    assert!(!project.has("x"));
}

#[test]
fn gos_standard_output_comes_through() {
    let project = Project::hello();
    let go = FakeGo::new(&project, "echo '{\"Action\":\"build\"}'; exec \"$real\" \"$@\"");
    let run = project.gobuild(["--target", "scratch", "-o", "x"]).env("PATH", go.path());
    run.stdout("{\"Action\":\"build\"}\n").stderr_any().check();
}

#[test]
fn a_go_that_writes_nothing_is_no_success() {
    let project = Project::hello();
    let go = FakeGo::new(&project, "exit 0");
    let said = project.gobuild(["--target", "scratch", "-o", "x"]).env("PATH", go.path()).output();
    assert_ne!(said.status, 0, "{}", said.stderr);
    assert!(!project.has("x"));
}

#[test]
fn a_file_that_is_cut_short_is_rejected() {
    let project = Project::hello();
    let body = "\"$real\" \"$@\" || exit; \
        while [ $# -gt 0 ]; do case $1 in -o) out=$2 ;; -o=*) out=${1#-o=} ;; esac; shift; done; \
        truncate -s 4096 \"$out\"";
    let go = FakeGo::new(&project, body);
    let run = project.gobuild(["--target", "scratch", "-o", "x"]).env("PATH", go.path());
    run.status(3).stderr_has("error[GB").check();
    assert!(!project.has("x"));
}

#[test]
fn a_termination_ends_go_and_is_passed_on() {
    let project = Project::hello();
    // The script is gobuild's child: it terminates gobuild (and nobody else), then waits for its own end.
    let body = "case $(readlink /proc/$PPID/exe) in */gobuild) kill -TERM $PPID ;; *) exit 9 ;; esac; exec sleep 600";
    let go = FakeGo::new(&project, body);
    let said = project.gobuild(["--target", "scratch", "-o", "x"]).env("PATH", go.path()).output();
    assert_eq!(said.status, 128 + 15, "{}", said.stderr);
    assert!(!project.has("x"));
}

#[test]
fn a_termination_counts_while_go_is_only_asked() {
    // This go answers nothing as long as gobuild is there; it ends itself once that is gone.
    let script =
        "#!/bin/sh\nkill -HUP $PPID\nkill -TERM $PPID\nwhile kill -0 $PPID 2>&-; do sleep 0.05; done\n";
    let project = Project::hello().file("slow/go", script);
    let slow = project.path("slow/go");
    fs::set_permissions(&slow, fs::Permissions::from_mode(0o755)).expect("its mode can be set");
    let said = project.gobuild(["--target", "scratch", "-o", "x"]).env("GO", slow).output();
    assert!([128 + 1, 128 + 15].contains(&said.status), "{} {}", said.status, said.stderr);
    assert!(!project.has("x"));
}

#[test]
fn go_by_another_name() {
    let project = Project::hello().folder("tool");
    let go = FakeGo::new(&project, REAL);
    let script = std::env::split_paths(&go.path()).next().expect("the fake go is in front").join("go");
    project.gobuild(["--target", "scratch", "-o", "x"]).env("GO", &script).stderr_any().check();
    assert_eq!(go.args()[0], "build", "GO names it");
    let typed = ["--go".into(), script.into_os_string(), "--target".into(), "scratch".into(), "-o=y".into()];
    project.gobuild::<std::ffi::OsString>(typed).stderr_any().check();
    assert!(go.args().iter().any(|word| word.ends_with("/y")), "--go names it: {:?}", go.args());
}

#[test]
fn make_with_gobuild_in_the_place_of_go() {
    // make exports what stands on its command line, so that GO is gobuild itself in the recipe.
    let project = Project::hello().file("Makefile", "GO ?= go\nshop:\n\t$(GO) build -o $@ .\n");
    let go = FakeGo::new(&project, REAL);
    let own = env!("CARGO_BIN_EXE_gobuild");
    for line in [own.to_owned(), format!("{own} --target scratch")] {
        let make = project.run("make", ["-B".to_owned(), format!("GO={line}")]);
        make.env("PATH", go.path()).stdout_any().stderr_has("Finished shop").check();
        assert_eq!(go.args()[0], "build");
    }
}

#[test]
fn results_that_cannot_be_written_are_no_success() {
    let project = Project::hello();
    let own = env!("CARGO_BIN_EXE_gobuild");
    for words in ["image list", "plan --target scratch", "--target scratch --message-format json -o x"] {
        let run = project.run("sh", ["-c".to_owned(), format!("'{own}' {words} > /dev/full")]);
        run.status(2).stderr_has("error: cannot write standard output: no space left on device\n").check();
    }
}

#[test]
fn what_an_image_was_taken_for_is_said_once() {
    let project = Project::hello();
    let said = project.gobuild(["--target", "alpine", "--platform", "linux/amd64,linux/arm64"]).output();
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert_eq!(said.stderr.matches("alpine was taken for").count(), 1, "{}", said.stderr);
}

#[test]
fn for_a_system_without_images_none_is_counted() {
    let project = Project::hello();
    let run = project.gobuild(["-o", "x"]).env("GOOS", "darwin").env("GOARCH", "arm64");
    run.stderr_has("; no image for darwin/arm64 is known\n").check();
}

#[test]
fn help_and_version_need_neither_go_nor_a_module() {
    let project = Project::empty();
    let empty_path = project.top().join("home");
    let version = concat!("gobuild ", env!("CARGO_PKG_VERSION"), "\n");
    project.gobuild(["--version"]).env("PATH", &empty_path).stdout(version).check();
    project.gobuild(["--help"]).env("PATH", &empty_path).stdout_has("--target").check();
}

#[test]
fn quiet_says_nothing_of_a_success() {
    let project = Project::hello();
    project.gobuild(["--quiet", "--target", "scratch", "-o", "x"]).check();
    assert!(project.has("x"));
}
