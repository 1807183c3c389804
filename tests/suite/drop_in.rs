//! Every `go build` line works after `go build` is replaced by `gobuild`.
//!
//! Each row is run twice in the same state of the same folder, once by the real go and once by gobuild
//! with a target in `gobuild.toml`. Both have to leave the same files (names, modes, contents), end with
//! the same status and write the same to standard output; what go says has to be in what gobuild says.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::project::Project;
use crate::support::run::{Output, Run};
use crate::support::skip::skip;
use crate::support::tree::Tree;

/// One command line.
struct Row {
    /// What stands behind `go build` and behind `gobuild`.
    args: &'static [&'static str],
    /// Variables beside the usual ones.
    env: &'static [(&'static str, &'static str)],
    /// Changes to the usual module.
    prepare: fn(Project) -> Project,
    /// What go is known to leave; that it does is tested too, so that no row holds for nothing.
    leaves: &'static [&'static str],
    /// Go's exit status.
    status: i32,
    /// Whether contents can be compared: not where the C compiler or cgo's switch is in them.
    same_contents: bool,
}

const ROW: Row =
    Row { args: &[], env: &[], prepare: |project| project, leaves: &[], status: 0, same_contents: true };

/// Programs at the top, in `cmd/a` and in `cmd/b`, one of the same name elsewhere, and a library.
fn shop() -> Project {
    let program = "package main\n\nfunc main() { println(\"a program\") }\n";
    Project::hello()
        .file("cmd/a/main.go", program)
        .file("cmd/b/main.go", program)
        .file("tool/a/main.go", program)
        .file("lib/lib.go", "package lib\n\n// Two is two.\nconst Two = 2\n")
        .file("one/only.go", "package main\n\nfunc main() { help() }\n")
        .file("one/help.go", "package main\n\nfunc help() { println(version) }\n\nvar version = \"none\"\n")
        .file("gobuild.toml", "target = \"scratch\"\n")
}

fn broken(project: Project) -> Project {
    project.file("main.go", "package main\n\nfunc main() {\n")
}

fn library_for_c(project: Project) -> Project {
    project
        .file(
            "clib/lib.go",
            "package main\n\nimport \"C\"\n\n//export Two\nfunc Two() C.int { return 2 }\n\nfunc main() {}\n",
        )
        .file("gobuild.toml", "target = \"debian:12\"\n")
}

fn run(project: &Project, row: &Row, mut run: Run) -> (Output, Tree) {
    run = run.env("CGO_ENABLED", "0");
    for (name, value) in row.env {
        // A row that needs a file in GOENV names it from the module's folder.
        let value = value.replace("[WORK]", &project.dir().to_string_lossy());
        run = run.env(name, value);
    }
    (run.args(row.args.iter().copied()).output(), project.tree())
}

fn hold(row: &Row) {
    let project = (row.prepare)(shop());
    let before = project.tree();
    project.keep_copy();
    let (go, from_go) = run(&project, row, project.go(["build"]));
    project.restore_copy();
    assert_eq!(project.tree(), before, "both start from the same state");
    let (gobuild, from_gobuild) = run(&project, row, project.gobuild::<&str>([]));

    let shown =
        format!("go said\n{}{}gobuild said\n{}{}", go.stdout, go.stderr, gobuild.stdout, gobuild.stderr);
    assert_eq!(go.status, row.status, "the row is wrong about go's status\n{shown}");
    assert_eq!(from_go.since(&before), row.leaves, "the row is wrong about what go leaves\n{shown}");

    assert_eq!(gobuild.status, go.status, "another status\n{shown}");
    assert_eq!(from_gobuild.since(&before), from_go.since(&before), "other files\n{shown}");
    if row.same_contents {
        assert_eq!(from_gobuild.other_contents(&from_go), Vec::<String>::new(), "other contents\n{shown}");
    }
    assert_eq!(gobuild.stdout, go.stdout, "another standard output");
    if go.status != 0 {
        for line in go.stderr.lines() {
            // Which package go was at when it met the file, only go knows; the refusal comes before that.
            let line = line.find("build output ").map_or(line, |at| &line[at..]);
            assert!(gobuild.stderr.contains(line), "go's line {line:?} is missing\n{shown}");
        }
    }
}

macro_rules! rows {
    ($($name:ident: $row:expr;)+) => {
        $(
            #[test]
            fn $name() {
                hold(&$row);
            }
        )+
    };
}

// Where the output goes.
rows! {
    no_arguments: Row { leaves: &["shop 0755"], ..ROW };
    output: Row { args: &["-o", "rpc"], leaves: &["rpc 0755"], ..ROW };
    output_in_one_word: Row { args: &["-o=rpc", "."], leaves: &["rpc 0755"], ..ROW };
    output_with_two_dashes: Row { args: &["--o", "rpc"], leaves: &["rpc 0755"], ..ROW };
    output_twice: Row { args: &["-o", "first", "-o", "second"], leaves: &["second 0755"], ..ROW };
    output_with_a_space: Row { args: &["-o", "my shop"], leaves: &["my shop 0755"], ..ROW };
    output_in_a_new_folder: Row {
        args: &["-o", "deep/er/rpc"], leaves: &["deep/", "deep/er/", "deep/er/rpc 0755"], ..ROW
    };
    output_from_goflags: Row { env: &[("GOFLAGS", "-o=flagged")], leaves: &["flagged 0755"], ..ROW };
    output_on_the_line_wins_over_goflags: Row {
        args: &["-o", "typed"], env: &[("GOFLAGS", "-o=flagged")], leaves: &["typed 0755"], ..ROW
    };
    output_from_the_environment_file: Row {
        env: &[("GOENV", "[WORK]/goenv"), ("GOFLAGS", "")],
        prepare: |project| project.file("goenv", "GOFLAGS=-o=written\n"),
        leaves: &["written 0755"],
        ..ROW
    };
    empty_output: Row { args: &["-o", ""], leaves: &["shop 0755"], ..ROW };
    null_device: Row { args: &["-o", "/dev/null", "."], ..ROW };
    new_folder: Row {
        args: &["-o", "bin/", "./cmd/a", "./cmd/b"], leaves: &["bin/", "bin/a 0755", "bin/b 0755"], ..ROW
    };
    new_folder_for_one: Row { args: &["-o", "bin/", "."], leaves: &["bin/", "bin/shop 0755"], ..ROW };
    existing_folder: Row {
        args: &["-o", "bin", "./cmd/..."],
        prepare: |project| project.folder("bin"),
        leaves: &["bin/a 0755", "bin/b 0755"],
        ..ROW
    };
    folder_for_programs_and_a_library: Row {
        args: &["-o", "bin/", "./cmd/a", "./lib"], leaves: &["bin/", "bin/a 0755"], ..ROW
    };
    two_programs_of_one_name: Row {
        args: &["-o", "bin/", "./cmd/a", "./tool/a"],
        leaves: &["bin/", "bin/a 0755"],
        // Go keeps the one that it links last.
        same_contents: false,
        ..ROW
    };
    over_an_empty_file: Row {
        args: &["-o", "rpc"], prepare: |project| project.file("rpc", ""), leaves: &["rpc 0755"], ..ROW
    };
    over_an_object: Row {
        args: &["-o", "rpc"], prepare: |project| project.file("rpc", "\x7fELF old"), leaves: &["rpc 0755"], ..ROW
    };
    over_another_file: Row {
        args: &["-o", "notes"], prepare: |project| project.file("notes", "keep me\n"), status: 1, ..ROW
    };
    over_a_folder_of_that_name: Row {
        args: &["./cmd/a"], prepare: |project| project.folder("a"), status: 1, ..ROW
    };
    over_a_link: Row {
        args: &["-o", "rpc"],
        prepare: |project| {
            std::os::unix::fs::symlink("elsewhere", project.path("rpc")).expect("a link can be made");
            project
        },
        leaves: &["rpc 0755"],
        ..ROW
    };
    several_to_one_file: Row { args: &["-o", "x", "./cmd/a", "./cmd/b"], status: 1, ..ROW };
}

// Which packages.
rows! {
    one_package: Row { args: &["./cmd/a"], leaves: &["a 0755"], ..ROW };
    two_packages: Row { args: &["./cmd/a", "./cmd/b"], ..ROW };
    import_path: Row { args: &["example.com/shop/cmd/a"], leaves: &["a 0755"], ..ROW };
    everything: Row { args: &["./..."], ..ROW };
    pattern_with_one_program: Row { args: &["./cmd/a/..."], leaves: &["a 0755"], ..ROW };
    pattern_with_a_library_only: Row { args: &["./lib/..."], ..ROW };
    library: Row { args: &["./lib"], ..ROW };
    one_file: Row { args: &["main.go"], leaves: &["main 0755"], ..ROW };
    two_files: Row { args: &["one/only.go", "one/help.go"], leaves: &["only 0755"], ..ROW };
    files_with_output: Row { args: &["-o", "x", "one/only.go", "one/help.go"], leaves: &["x 0755"], ..ROW };
    one_file_of_two: Row { args: &["one/only.go"], status: 1, ..ROW };
    tests_only: Row {
        args: &["./onlytest"],
        prepare: |project| project.file("onlytest/x_test.go", "package onlytest\n"),
        status: 1,
        ..ROW
    };
    unknown_package: Row { args: &["./nowhere"], status: 1, ..ROW };
    syntax_error: Row { prepare: broken, status: 1, ..ROW };
    syntax_error_leaves_the_old_output: Row {
        args: &["-o", "rpc"], prepare: |project| broken(project).file("rpc", "\x7fELF old"), status: 1, ..ROW
    };
    flag_behind_a_package: Row { args: &[".", "-o", "x"], status: 1, ..ROW };
}

// In which folder.
rows! {
    other_folder: Row { args: &["-C", "cmd/a"], leaves: &["cmd/a/a 0755"], ..ROW };
    other_folder_with_output: Row { args: &["-C", "cmd/a", "-o", "../x"], leaves: &["cmd/x 0755"], ..ROW };
    other_folder_in_one_word: Row { args: &["-C=cmd", "-o", "x", "./b"], leaves: &["cmd/x 0755"], ..ROW };
    other_folder_not_first: Row { args: &["-o", "x", "-C", "cmd/a"], status: 2, ..ROW };
}

// Flags that go straight through.
rows! {
    linker_flags: Row {
        args: &["-ldflags", "-s -w -X main.version=1", "-o", "x"], leaves: &["x 0755"], ..ROW
    };
    linker_flags_with_two_dashes: Row {
        args: &["--ldflags=-s -X main.version=2", "-o", "x"], leaves: &["x 0755"], ..ROW
    };
    linker_flags_with_quotes: Row {
        args: &["-ldflags", "-X 'main.version=1 of 2' -buildid=", "-o", "x"], leaves: &["x 0755"], ..ROW
    };
    linker_flags_for_static_c: Row {
        args: &["-a=false", "-tags", "netgo", "-ldflags", "-w -extldflags \"-static\"", "-o", "x"],
        leaves: &["x 0755"],
        ..ROW
    };
    linker_flags_from_goflags: Row {
        args: &["-o", "x"], env: &[("GOFLAGS", "-ldflags=-s -trimpath")], leaves: &["x 0755"], ..ROW
    };
    compiler_flags: Row { args: &["-gcflags", "all=-N -l", "-o", "x"], leaves: &["x 0755"], ..ROW };
    booleans_with_values: Row {
        args: &["--race=0", "-v=false", "--cover=0", "--trimpath=1", "-o", "x"], leaves: &["x 0755"], ..ROW
    };
    empty_values: Row { args: &["--tags=", "-ldflags", "", "-o", "x"], leaves: &["x 0755"], ..ROW };
    tags: Row { args: &["-tags", "netgo,osusergo", "-mod=readonly", "-o", "x"], leaves: &["x 0755"], ..ROW };
    unknown_flag: Row { args: &["-nosuchflag", "."], status: 2, ..ROW };
    bad_boolean: Row { args: &["-race=perhaps", "."], status: 2, ..ROW };
    unknown_flag_with_a_value: Row { args: &["-target", "alpine", "."], status: 2, ..ROW };
    dry_run: Row { args: &["-n", "-o", "x"], ..ROW };
    shown_commands: Row { args: &["-x", "-o", "x"], leaves: &["x 0755"], ..ROW };
    json_of_a_success: Row { args: &["-json", "-o", "x"], leaves: &["x 0755"], ..ROW };
    json_of_a_failure: Row { args: &["-json", "-o", "x"], prepare: broken, status: 1, ..ROW };
    json_of_a_package_that_is_not_there: Row { args: &["-json", ".", "nowhere"], status: 1, ..ROW };
}

// What the environment says.
rows! {
    empty_variables: Row {
        args: &["-o", "x"],
        env: &[("GOOS", ""), ("GOARCH", ""), ("GOARM", ""), ("GOFLAGS", ""), ("CGO_ENABLED", "")],
        leaves: &["x 0755"],
        // With nothing said, go switches cgo on and records that, although nothing here has C.
        same_contents: false,
        ..ROW
    };
    switches_for_the_runtime: Row {
        args: &["-o", "x"],
        env: &[("GODEBUG", "gctrace=0,madvdontneed=1"), ("GOGC", "off"), ("GOWORK", "off")],
        leaves: &["x 0755"],
        ..ROW
    };
    not_for_the_image_macos: Row {
        args: &["-o", "x"], env: &[("GOOS", "darwin"), ("GOARCH", "arm64")], leaves: &["x 0755"], ..ROW
    };
    not_for_the_image_windows: Row {
        args: &["./cmd/a"], env: &[("GOOS", "windows")], leaves: &["a.exe 0755"], ..ROW
    };
    not_for_the_image_wasm: Row {
        args: &["-o", "x.wasm"], env: &[("GOOS", "js"), ("GOARCH", "wasm")], leaves: &["x.wasm 0755"], ..ROW
    };
}

/// Libraries for C; both need gcc.
const FOR_C: Row = Row { env: &[("CGO_ENABLED", "1")], prepare: library_for_c, same_contents: false, ..ROW };

#[test]
fn archive_for_c() {
    if which::which("gcc").is_err() {
        skip!("gcc was not found");
    }
    let args = &["-buildmode=c-archive", "-o", "libtwo.a", "./clib"];
    hold(&Row { args, leaves: &["libtwo.a 0644", "libtwo.h 0644"], ..FOR_C });
    let args = &["--buildmode=c-archive", "./clib"];
    hold(&Row { args, leaves: &["clib.a 0644", "clib.h 0644"], ..FOR_C });
}

#[test]
fn shared_library_for_c() {
    if which::which("gcc").is_err() {
        skip!("gcc was not found");
    }
    let args = &["-buildmode", "c-shared", "-o", "libtwo.so", "./clib"];
    hold(&Row { args, leaves: &["libtwo.h 0644", "libtwo.so 0644"], ..FOR_C });
}

/// Go writes an `ar` archive here, which in an image reads `exec format error`: the one line that is
/// meant to end differently.
#[test]
fn a_library_is_no_program() {
    let project = shop();
    let before = project.tree();
    project.go(["build", "-o", "app", "./lib"]).check();
    assert_eq!(project.tree().since(&before), ["app 0644"], "go hands it on");
    fs::remove_file(project.path("app")).expect("the file can be removed");
    project.gobuild(["-o", "app", "./lib"]).status(3).stderr_has("error[GB").check();
    assert_eq!(project.tree(), before, "gobuild does not");
}

#[test]
fn the_umask_is_the_users() {
    let project = shop();
    let line = format!("umask 077 && exec '{}' -o x", env!("CARGO_BIN_EXE_gobuild"));
    project.run("sh", ["-c", &line]).stderr_any().check();
    let mode = fs::metadata(project.path("x")).expect("x was written").permissions().mode();
    assert_eq!(mode & 0o7777, 0o700);
}
