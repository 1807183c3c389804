//! Files and folders that nobody would write on purpose: an answer in the end, and no false word.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use super::{found, lint};
use crate::support::project::Project;

fn dockerfile(text: impl AsRef<[u8]>) -> Project {
    Project::empty().file("Dockerfile", text)
}

fn accepted(project: &Project) {
    lint(project, []).stderr_any().stdout("Dockerfile: accepted\n").check();
}

#[test]
fn what_has_no_stage_is_status_2_and_says_so() {
    for text in ["", "\n\n", "# only a comment\n", "ARG A=1\n"] {
        lint(&dockerfile(text), []).status(2).stderr_has("expected at least one FROM").check();
    }
    lint(&dockerfile("FROM\n"), []).status(2).stderr_has("Dockerfile:1:1: FROM instruction requires").check();
}

#[test]
fn bytes_that_are_no_text_stop_nothing() {
    accepted(&dockerfile(b"FROM alpine:3.24\nRUN echo \xff\xfe\nCMD [\"\xff\"]\n"));
    lint(&dockerfile("FROM alp\0ine\nRUN \0\n"), []).status(2).stderr_has("is not a name").check();
    accepted(&dockerfile("\u{feff}FROM alpine:3.24\nCMD [\"sh\"]\n"));
}

#[test]
fn a_file_with_windows_line_ends_is_judged_as_the_other() {
    let text = "FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN go build \\\n  -o /app .\n\
                FROM alpine:3.24\nCOPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n";
    let unix = found(&dockerfile(text));
    assert_eq!(unix, [("GB601".to_owned(), "error".to_owned())]);
    assert_eq!(found(&dockerfile(text.replace('\n', "\r\n"))), unix);
}

#[test]
fn a_value_that_grows_without_end_or_nests_without_end_is_unknown() {
    let lines: Vec<String> =
        (0..60).map(|at| format!("ENV A{}=$A{at}$A{at}$A{at}$A{at}\n", at + 1)).collect();
    accepted(&dockerfile(format!("FROM alpine:3.24\nENV A0=aaaaaaaaaa\n{}", lines.concat())));
    let nested = format!("{}x{}", "${A:-".repeat(50_000), "}".repeat(50_000));
    accepted(&dockerfile(format!("FROM alpine:3.24\nENV A={nested}\n")));
    let run = lint(&dockerfile(format!("FROM {nested}\n")), []).stderr_any().stdout_any().check();
    assert!(run.stderr.contains("is not judged") && run.stderr.len() < 2000, "{}", run.stderr.len());
}

/// Each step sees what is set in front of it: ten thousand of them with a copy each would need nine gigabytes.
#[test]
fn ten_thousand_variables_do_not_fill_memory() {
    let lines: Vec<String> = (0..10_000).map(|at| format!("ENV A{at}=1\n")).collect();
    let project = dockerfile(format!("FROM alpine:3.24\n{}", lines.concat()));
    let limited = format!("ulimit -v 524288 && exec {} lint", env!("CARGO_BIN_EXE_gobuild"));
    project.run("sh", ["-c", &limited]).stderr_any().stdout("Dockerfile: accepted\n").check();
}

#[test]
fn arguments_that_name_each_other_are_said_to_be_unknown() {
    lint(&dockerfile("ARG A=$B\nARG B=$A\nFROM $A\n"), [])
        .stderr_has("what hangs on `$A` is not judged")
        .stdout_any()
        .check();
}

#[test]
fn a_stage_that_is_named_as_an_image_is_the_stage() {
    // The last stage is golang with go's own folders, and not alpine, of which GB601 would speak.
    accepted(&dockerfile(
        "FROM golang:1.27 AS alpine\nRUN go build -o /app .\nFROM alpine\nCMD [\"/app\"]\n",
    ));
    accepted(&dockerfile("FROM alpine:3.24 AS alpine\nFROM alpine\nCMD [\"sh\"]\n"));
}

#[test]
fn very_long_lines_are_read() {
    for text in ["a".repeat(1 << 20), "(".repeat(1 << 18), "$(".repeat(1 << 16), "${".repeat(1 << 16)] {
        accepted(&dockerfile(format!("FROM alpine:3.24\nRUN echo {text}\n")));
    }
}

#[test]
fn what_is_no_file_to_read_is_status_2() {
    let project = dockerfile("FROM scratch\n").folder("deploy");
    lint(&project, ["deploy"]).status(2).stderr_has("there is no Dockerfile in deploy").check();
    lint(&project, ["/dev/zero"]).status(2).stderr_has("cannot read /dev/zero: it has more than").check();
}

fn pipe(project: &Project, path: &str) {
    let made = std::process::Command::new("mkfifo").arg(project.path(path)).status();
    assert!(made.expect("mkfifo can be run").success());
}

#[test]
fn pipes_and_circles_of_links_in_the_context_are_not_waited_for() {
    let project = dockerfile("FROM alpine:3.24\nCOPY pipe a here /x/\nENTRYPOINT [\"/x/pipe\"]\n");
    pipe(&project, "pipe");
    pipe(&project, ".dockerignore");
    for (link, to) in [("a", "b"), ("b", "a"), ("here", "."), ("gone", "nowhere")] {
        std::os::unix::fs::symlink(to, project.path(link)).unwrap();
    }
    // A link to a folder is copied with what is in it, however it is written.
    let project = project.file("folder/x", "");
    std::os::unix::fs::symlink("folder", project.path("linked")).unwrap();
    let text = String::from_utf8(project.read("Dockerfile")).unwrap();
    accepted(&project.file("Dockerfile", text.replace("COPY pipe", "COPY linked/x pipe")));
}

#[test]
fn what_was_not_listed_is_not_said_to_be_missing() {
    let copies = "FROM alpine:3.24\nCOPY .git/HEAD node_modules/x/y.js /x/\n";
    let project =
        dockerfile(copies).file(".git/HEAD", "ref: refs/heads/main\n").file("node_modules/x/y.js", "");
    accepted(&project);
    lint(&dockerfile(copies), []).status(3).stderr_has("error[GB618]").stdout_any().check();
}

#[test]
fn a_name_that_is_no_text_is_passed_over() {
    let project = dockerfile("FROM alpine:3.24\nCOPY . /x/\n");
    fs::write(project.dir().join(std::ffi::OsStr::from_bytes(b"caf\xe9")), "").unwrap();
    accepted(&project);
}

#[test]
fn a_context_of_many_thousand_files_is_seen_whole() {
    let project = dockerfile("FROM alpine:3.24\nCOPY zz/last /last\nCOPY zz /zz\nCOPY zz/none /none\n")
        .file(".dockerignore", "*\n!zz/**\n");
    for folder in 0..65 {
        let folder = project.path(format!("d{folder}"));
        fs::create_dir(&folder).unwrap();
        for file in 0..1000 {
            fs::write(folder.join(format!("f{file}")), "").unwrap();
        }
    }
    let project = project.file("zz/last", "");
    let run = lint(&project, []).status(3).stderr_any().stdout("Dockerfile: rejected: 1 error\n").check();
    assert!(run.stderr.contains("copies zz/none"), "{}", run.stderr);
}
