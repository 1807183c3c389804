//! Go's verbs that gobuild has nothing to add to: what gobuild gives is what go gives.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use crate::support::project::Project;

#[test]
fn every_one_gives_what_go_gives() {
    let project = Project::hello().file("bad/bad.go", "package bad\n\nfunc f() { return 1 }\n");
    for line in [
        "env GOVERSION",
        "env -json GOOS GOARCH",
        "list -f {{.Name}} .",
        "version",
        "mod edit -json",
        "test .",
        "run .",
        "generate ./...",
        "fmt .",
        "tool -n vet",
        "clean -n",
        "doc fmt.Println",
        "vet .",
        "vet ./bad",
        "test ./bad",
        "env --no-such-flag",
        "mod",
        "work edit",
        "help mod tidy",
    ] {
        let (own, go) = (project.gobuild(line.split(' ')), project.go(line.split(' ')));
        // What a test took and where a build lay differ from run to run.
        let (own, go) = (own.env("GOFLAGS", "-trimpath").output(), go.env("GOFLAGS", "-trimpath").output());
        let steady = |text: &str| {
            let lines = text.lines().map(|line| line.split('\t').take(2).collect::<Vec<_>>().join("\t"));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(own.status, go.status, "{line}: {}", own.stderr);
        assert_eq!(steady(&own.stdout), steady(&go.stdout), "{line}");
        assert_eq!(steady(&own.stderr), steady(&go.stderr), "{line}");
    }
    let failed = project.gobuild(["vet", "./bad"]).output();
    assert_ne!(failed.status, 0, "{}", failed.stderr);
}

/// A go that says how it was started.
fn told() -> Project {
    let script = "#!/bin/sh\nfor word; do printf '<%s>' \"$word\"; done\necho \" $$ $A\"\nexec cat\n";
    let project = Project::empty().file("bin/go", script);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(project.path("bin/go"), mode).expect("its mode can be set");
    project
}

#[test]
fn go_takes_the_place_of_the_process_with_its_words_streams_and_environment() {
    let project = told();
    let words = ["run", "", "-x", "./a b", "--", "--target", "alpine"];
    let run = project.gobuild(words).env("GO", project.path("bin/go")).env("A", "1 2");
    let mut child =
        run.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("gobuild can be started");
    child.stdin.take().expect("a pipe").write_all(b"typed\n").expect("go reads it");
    let mut text = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut text).expect("what go says is text");
    assert_eq!(
        text,
        format!("<run><><-x><./a b><--><--target><alpine> {} 1 2\ntyped\n", child.id()),
        "the number of the process is gobuild's own"
    );
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn flags_of_gobuilds_in_front_say_which_go_and_nothing_else() {
    let project = told();
    let line = ["--target", "alpine", "--go", "bin/go", "--quiet", "env", "GOOS"];
    project.gobuild(line).stdout_has("<env><GOOS> ").check();
    let missing = project.gobuild(["--go", "bin/gone", "env", "GOOS"]);
    missing.status(2).stderr_has("go was not found: there is no program bin/gone").check();
}

#[test]
fn a_makefile_that_uses_every_verb_through_one_variable() {
    let makefile = "GO ?= go\nall:\n\t@$(GO) vet .\n\t@$(GO) env GOVERSION\n\t@$(GO) build -o shop .\n";
    let project = Project::hello().file("Makefile", makefile);
    let version = project.go(["env", "GOVERSION"]).stdout_any().check().stdout;
    let own = env!("CARGO_BIN_EXE_gobuild");
    for go in [own.to_owned(), format!("{own} --target scratch")] {
        let make = project.run("make", ["-B".to_owned(), format!("GO={go}")]);
        make.stdout(version.clone()).stderr_has("Finished shop").check();
    }
}

#[test]
fn the_version_is_gos_and_the_flag_is_gobuilds() {
    let project = Project::empty();
    let version = project.gobuild(["version"]).stdout_any().check().stdout;
    assert!(version.starts_with("go version go"), "{version}");
    assert_eq!(version, project.go(["version"]).stdout_any().check().stdout);
    project.gobuild(["--version"]).stdout(concat!("gobuild ", env!("CARGO_PKG_VERSION"), "\n")).check();
}

#[test]
fn install_is_not_passed_on() {
    let project = Project::hello();
    project.gobuild(["install", "."]).status(2).stderr_has("run `go install` itself").check();
}
