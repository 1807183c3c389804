//! What a rule asks beyond its pair: other ways to be wrong, ways to be right that look wrong, what cannot be known.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{found, json, lint, project, stamped};
use crate::support::project::Project;

const SH: &str = "#!/bin/sh\necho\n";
const CRLF: &str = "#!/bin/sh\r\necho\r\n";

fn is(id: &str, severity: &str) -> Vec<(String, String)> {
    vec![(id.to_owned(), severity.to_owned())]
}

fn file(text: &str) -> Project {
    project("rules-context", "rules/GB601/good").file("Dockerfile", text)
}

/// A file of the project with a mode.
fn with(project: Project, path: &str, text: &str, mode: u32) -> Project {
    let project = project.file(path, text);
    fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).unwrap();
    project
}

#[test]
fn a_stale_binary_is_one_of_this_module_and_another_commit_and_nothing_else() {
    let dockerfile = "FROM alpine:3.24\nCOPY --chmod=755 app /app\nENTRYPOINT [\"/app\"]\n";
    let own = |module: &str| {
        Project::empty()
            .file("Dockerfile", dockerfile)
            .file("go.mod", format!("module {module}\n\ngo 1.24\n"))
            .file("main.go", "package main\n\nfunc main() {}\n")
    };
    let stale = own("example.com/app");
    stamped(&stale, 1);
    assert_eq!(found(&stale), is("GB628", "warning"));
    // Changes that nobody committed are how one works; the time of the file says nothing.
    let edited = own("example.com/app");
    stamped(&edited, 0);
    let edited = edited.file("main.go", "package main\n\nfunc main() { println() }\n");
    assert_eq!(found(&edited), []);
    // Of another module, kept from the build, or without a repository: nothing can be said.
    let other = stale.file("go.mod", "module example.com/other\n\ngo 1.24\n");
    assert_eq!(found(&other), []);
    let other = other.file("go.mod", "module example.com/app\n\ngo 1.24\n");
    assert_eq!(found(&other), is("GB628", "warning"));
    fs::remove_dir_all(other.path(".git")).unwrap();
    assert_eq!(found(&other), []);
}

#[test]
fn a_library_is_held_against_the_final_image_only_where_both_are_known() {
    let copy = |from: &str, source: &str, to: &str, more: &str| {
        found(&file(&format!("FROM {to}\n{more}COPY --from={from} {source} /usr/lib/\n")))
    };
    let library = "/usr/lib/x86_64-linux-gnu/libfoo.so.1";
    assert_eq!(copy("debian:13", library, "alpine:3.24", ""), is("GB626", "error"));
    assert_eq!(copy("debian:13", "/usr/lib/libfoo.so*", "alpine:3.24", ""), is("GB626", "error"));
    assert_eq!(copy("alpine:3.24", "/usr/lib/libfoo.so", "debian:13", ""), is("GB626", "error"));
    assert_eq!(copy("debian:13", library, "debian:12-slim", ""), is("GB626", "warning"));
    for (from, source, to, more) in [
        ("debian:12", library, "debian:13", ""),
        ("debian:13", "/usr/bin/tini", "alpine:3.24", ""),
        ("debian:13", "/usr/share/x.sound", "alpine:3.24", ""),
        ("registry.example.com/libs:1", library, "alpine:3.24", ""),
        ("libraries", library, "alpine:3.24", ""),
        ("debian:13", library, "registry.example.com/base:1", ""),
        ("debian:13", library, "alpine:3.24", "RUN apk add gcompat\n"),
        ("debian:13", library, "alpine:3.24", "COPY --from=debian:13 /lib64/ld-linux-x86-64.so.2 /lib64/\n"),
    ] {
        assert_eq!(copy(from, source, to, more), [], "{from} {source} {to} {more}");
    }
    let stages =
        "FROM debian:13 AS libs\nRUN apt-get update\nFROM debian:12-slim\nCOPY --from=libs /x/liba.so /x/\n";
    assert_eq!(found(&file(stages)), is("GB626", "warning"));
}

#[test]
fn go_told_to_stamp_needs_git_and_go_left_alone_does_not() {
    let build = |image: &str, more: &str, flags: &str| {
        let text = format!(
            "FROM {image} AS build\n{more}WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build {flags} -o /app .\n\
             FROM scratch\nCOPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"
        );
        file(&text).file(".git/HEAD", "ref: refs/heads/main\n")
    };
    let golang = "golang:1.27-alpine";
    let wrong = build(golang, "", "-buildvcs=true");
    assert_eq!(found(&wrong), is("GB625", "error"));
    lint(&wrong, []).status(3).stderr_has("exec: \"git\": executable file not found").stdout_any().check();
    assert_eq!(found(&build(golang, "ENV GOFLAGS=-buildvcs=true\n", "")), is("GB625", "error"));
    for right in [
        build(golang, "", ""),
        build(golang, "", "-buildvcs=auto"),
        build(golang, "RUN apk add git\n", "-buildvcs=true"),
        build("golang:1.27-bookworm", "", "-buildvcs=true"),
        build("registry.example.com/go:1", "", "-buildvcs=true"),
        build(golang, "", "-buildvcs=true").file(".dockerignore", ".git\n"),
    ] {
        assert_eq!(found(&right), [], "{}", String::from_utf8_lossy(&right.read("Dockerfile")));
    }
}

#[test]
fn a_script_with_windows_line_ends_is_found_wherever_it_is_copied_and_started() {
    let linted = |text: &str, content: &str| found(&with(file(text), "scripts/run.sh", content, 0o755));
    let errors = [
        "FROM alpine:3.24\nCOPY scripts /scripts\nENTRYPOINT [\"/scripts/run.sh\"]\n",
        "FROM alpine:3.24\nWORKDIR /x\nCOPY . .\nCMD [\"./scripts/run.sh\"]\n",
        "FROM alpine:3.24\nCOPY scripts/run.sh /usr/local/bin/\nENTRYPOINT [\"run.sh\"]\n",
        "FROM alpine:3.24\nCOPY scripts/run.sh /usr/local/bin\nENTRYPOINT [\"run.sh\"]\n",
        "FROM alpine:3.24\nCOPY scripts/run.sh /\nHEALTHCHECK CMD /run.sh\n",
        "FROM alpine:3.24\nWORKDIR /x\nCOPY . .\nRUN ./scripts/run.sh\n",
        "FROM alpine:3.24 AS a\nCOPY scripts/ /s/\nRUN id && /s/run.sh && ls\nFROM scratch\nCOPY --from=a /o /o\n",
    ];
    for text in errors {
        assert_eq!(linted(text, CRLF), is("GB621", "error"), "{text}");
        assert_eq!(linted(text, SH), [], "{text}");
    }
    let unstarted = "FROM alpine:3.24\nCOPY scripts/run.sh /run.sh\nCMD [\"sh\"]\n";
    assert_eq!(linted(unstarted, CRLF), is("GB621", "warning"));
    for text in [
        "FROM alpine:3.24\nCOPY scripts/run.sh /run.sh\nRUN sed -i 's/\\r$//' /run.sh\nENTRYPOINT [\"/run.sh\"]\n",
        "FROM alpine:3.24\nCOPY scripts/run.sh /\nRUN apk add dos2unix && dos2unix /run.sh && /run.sh\nCMD [\"sh\"]\n",
        "FROM alpine:3.24 AS a\nWORKDIR /x\nCOPY . .\nRUN cd y && ./scripts/run.sh\nFROM scratch\nCOPY --from=a /o /o\n",
        "FROM alpine:3.24 AS a\nWORKDIR /x\nRUN ./scripts/run.sh\nCOPY . .\nFROM scratch\nCOPY --from=a /o /o\n",
    ] {
        assert_eq!(linted(text, CRLF), [], "{text}");
    }
}

#[test]
fn a_script_that_run_starts_needs_its_interpreter_and_its_mode_in_that_stage() {
    let text = |image: &str, more: &str| {
        format!(
            "FROM {image} AS a\n{more}WORKDIR /x\nCOPY . .\nRUN ./make.sh\nFROM scratch\nCOPY --from=a /o /o\n"
        )
    };
    let linted =
        |text: &str, mode: u32| found(&with(file(text), "make.sh", "#!/usr/bin/env bash\nid\n", mode));
    assert_eq!(linted(&text("golang:1.27-alpine", ""), 0o755), is("GB622", "error"));
    assert_eq!(linted(&text("golang:1.27-bookworm", ""), 0o755), []);
    assert_eq!(linted(&text("golang:1.27-bookworm", ""), 0o644), is("GB623", "error"));
    assert_eq!(linted(&text("golang:1.27-bookworm", "").replace("./make", "sh make"), 0o644), []);
    assert_eq!(
        linted(&text("golang:1.27-bookworm", "").replace("RUN ./", "RUN chmod +x *.sh && ./"), 0o644),
        []
    );
    for install in ["RUN apk add --no-cache git bash=~5\n", "ARG DEPS\nRUN apk add $DEPS\n"] {
        assert_eq!(linted(&text("golang:1.27-alpine", install), 0o755), [], "{install}");
    }
    assert_eq!(linted(&text("registry.example.com/go:1", ""), 0o755), []);
}

#[test]
fn a_comment_that_takes_nothing_back_is_said_with_the_nearest_name() {
    let text = |comment: &str| format!("{comment}\nFROM alpine:3.24\nCMD [\"sh\"]\n");
    let wrong = file(&text("# gobuild: ignore=GB612, GB6O1"));
    let run = lint(&wrong, []).stdout_any().stderr_has("there is no rule `GB6O1`").check();
    assert!(
        run.stderr.contains("did you mean GB601?") && run.stderr.contains("Dockerfile:1:26"),
        "{}",
        run.stderr
    );
    for comment in
        ["# gobuild: ignore=GB201", "# gobuild: ignores=GB601", "# gobuild: ignore GB601", "# gobuild:"]
    {
        assert_eq!(found(&file(&text(comment))), is("GB627", "warning"), "{comment}");
    }
    for comment in ["# gobuild: ignore=gb601, libc-older we know", "# gobuild", "# built by gobuild: no"] {
        assert_eq!(found(&file(&text(comment))), [], "{comment}");
    }
    // It is a rule as any other, and can be denied.
    let run = lint(&wrong, ["--deny", "GB627", "--message-format", "json"]).status(3).stdout_any().check();
    assert_eq!(json(&run.stdout)[0]["findings"][0]["severity"], "error");
}
