//! `--message-format json`, `sarif` and `github`: what is really written, held against the schemas.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::support::layers::{Layer, saved};
use crate::support::project::Project;
use crate::support::schema::Schema;

const JSON: [&str; 2] = ["--message-format", "json"];

/// The objects of a run, whatever it ends with.
fn objects(schema: &Schema, project: &Project, line: &[&str]) -> Vec<Value> {
    let output = project.gobuild([line, &JSON].concat()).output();
    let objects = schema.lines(&output.stdout);
    assert!(!objects.is_empty(), "{line:?} says nothing: {}", output.stderr);
    objects
}

/// A module with `ok`, which runs anywhere, `pie`, which asks for a loader, and a Dockerfile that is wrong.
fn project() -> Project {
    let dockerfile = "FROM golang:1.27-bookworm AS build\nCOPY . .\nRUN go build -buildmode=pie -o /app .\n\
                      FROM alpine:3.24\nCOPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n";
    let project = Project::hello().file("Dockerfile", dockerfile);
    let go = |line: &[&str]| {
        let run = project.go([&["build"], line].concat());
        let run = run.env("CGO_ENABLED", "0").env("GOOS", "linux").env("GOARCH", "amd64");
        run.stdout_any().stderr_any().check();
    };
    go(&["-o", "ok"]);
    go(&["-buildmode=pie", "-o", "pie"]);
    let document = json!({ "os": "linux", "architecture": "amd64", "config": { "Entrypoint": ["/pie"] } });
    let layer = Layer::new().file("pie", &project.read("pie")).tar();
    fs::write(project.path("app.tar"), saved("corp/app:1", &document, &[layer])).unwrap();
    project
}

#[test]
fn every_object_is_what_the_schema_says() {
    let schema = Schema::of_objects();
    let project = project();
    let amd64 = ["--platform", "linux/amd64"];
    let lines: [&[&str]; 21] = [
        &["plan", "--target", "alpine"],
        &["plan"],
        &["build", "--target", "scratch", "-o", "x"],
        &["build", "--target", "scratch", "-o", "x"],
        &["build", "--target", "scratch", amd64[0], amd64[1], "-buildmode=pie", "-o", "y"],
        &["build", "--target", "apline"],
        &["verify", "ok", "--target", "alpine"],
        &["verify", "pie", "--target", "debian:stable"],
        &["verify", "pie", "--target", "registry.corp/base:7"],
        &["verify", "pie", "--all"],
        &["verify", "--image", "app.tar"],
        &["lint"],
        &["explain", "GB201"],
        &["explain", "pie-loader", "--file", "pie", "--target", "scratch"],
        &["explain", "exec format error"],
        &["image", "list"],
        &["image", "show", "golang:1.27-alpine"],
        &["image", "show", "registry.corp/base:7"],
        &["image", "inspect", "app.tar"],
        &["doctor"],
        &["dockerfile", "--target", "alpine"],
    ];
    let all: Vec<Value> = lines.iter().flat_map(|line| objects(&schema, &project, line)).collect();
    let seen: BTreeSet<&str> = all.iter().filter_map(|object| object["reason"].as_str()).collect();
    let expected = [
        "artifact",
        "cause",
        "check",
        "doctor",
        "dockerfile",
        "error",
        "explanation",
        "finished",
        "image",
        "lint",
        "plan",
        "start",
        "table",
        "verdict",
    ];
    assert_eq!(seen, BTreeSet::from(expected), "a c-error is held against it where C goes wrong");
    for object in &all {
        let keys: Vec<&String> = object.as_object().unwrap().keys().take(2).collect();
        assert_eq!(keys, ["reason", "version"], "{object}");
        for finding in object["findings"].as_array().into_iter().flatten() {
            assert_eq!(finding["evidence"]["kind"], finding["name"], "{finding}");
        }
    }
    let rejected = all.iter().filter(|object| object["accepted"] == false).count();
    assert!(rejected >= 4, "a build, two files and a Dockerfile: {rejected}");
}

#[test]
fn the_schema_is_asked() {
    let schema = Schema::of_objects();
    let project = project();
    let verdict = objects(&schema, &project, &["verify", "pie", "--target", "scratch"]).remove(0);
    let refuses = |path: &str, value: Value| {
        let mut broken = verdict.clone();
        *broken.pointer_mut(path).unwrap() = value;
        assert!(!schema.allows(&broken), "{broken:#}");
    };
    refuses("/version", json!(1));
    refuses("/reason", json!("verdicts"));
    refuses("/findings/0/severity", json!("fatal"));
    refuses("/findings/0/evidence", json!([]));
    refuses("/findings/0/evidence/kind", json!("library-missing"));
    let mut more = verdict.clone();
    more["findings"][0]["evidence"]["more"] = json!(1);
    assert!(!schema.allows(&more), "a field that nobody has described");
    let mut less = verdict.clone();
    less.as_object_mut().unwrap().remove("image");
    assert!(!schema.allows(&less), "a field is always there");
}

#[test]
fn sarif_of_a_file_is_what_the_schema_of_2_1_0_says() {
    let schema = Schema::of_sarif();
    let project = project();
    let lines: [(&[&str], i32, Option<&str>); 5] = [
        (&["verify", "pie", "--target", "scratch"], 3, Some("pie")),
        (&["verify", "ok", "--target", "scratch"], 0, None),
        (&["verify", "pie", "--all"], 0, Some("pie")),
        (
            &["build", "--target", "scratch", "--platform", "linux/amd64", "-buildmode=pie", "-o", "y"],
            3,
            Some("y"),
        ),
        (&["build", "--target", "scratch", "-o", "x"], 0, None),
    ];
    for (line, status, file) in lines {
        let run = project.gobuild([line, &["--message-format", "sarif"]].concat());
        let log = run.status(status).stdout_any().stderr_any().check().stdout;
        let log: Value = serde_json::from_str(&log).expect("one log");
        schema.hold(&log);
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.is_empty(), file.is_none(), "{line:?}");
        for result in results {
            let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            assert_eq!(place.as_str(), file, "{line:?}");
        }
    }
}

#[test]
fn each_finding_on_a_file_is_one_annotation() {
    let project = project();
    let line = ["verify", "pie", "--target", "scratch"];
    let findings = objects(&Schema::of_objects(), &project, &line)[0]["findings"].as_array().unwrap().len();
    let run = project.gobuild([&line[..], &["--message-format", "github"]].concat());
    let text = run.status(3).stdout_any().stderr_any().check().stdout;
    let starts = text.lines().filter(|line| line.starts_with("::error file=pie,title=GB")).count();
    assert_eq!((starts, text.lines().count()), (findings, findings), "{text}");
}

#[test]
fn the_older_spellings_of_lint_still_work_and_are_not_listed() {
    let project = project();
    for format in ["sarif", "github"] {
        let says = |line: &[&str]| project.gobuild(line).status(3).stdout_any().stderr_any().check().stdout;
        let old = says(&["lint", &format!("--{format}")]);
        assert_eq!(old, says(&["lint", "--message-format", format]));
        assert!(old.contains("GB601"), "{old}");
        let help = project.gobuild(["lint", "--help"]).stdout_any().check().stdout;
        assert!(!help.contains(&format!("--{format}")), "{help}");
    }
}

#[test]
fn a_format_for_findings_is_refused_where_there_are_none() {
    let project = Project::hello();
    for format in ["sarif", "github"] {
        let run = project.gobuild(["plan", "--target", "scratch", "--message-format", format]);
        run.status(2).stderr_has(format!("error: --message-format {format} is for findings")).check();
    }
}
