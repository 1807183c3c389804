//! `gobuild lint`: every rule fires on a file that is wrong and is quiet on the corrected one, files that are
//! right have nothing said of them, and the four ways of printing.

use std::fs;
use std::path::Path;

use crate::support::project::Project;
use crate::support::run::Run;
use crate::support::tools;

mod input;
mod machines;
mod rules;

/// The day on which images are in support, or not.
const DAY: &str = "1795392000";

fn data(path: &str) -> std::path::PathBuf {
    tools::checkout().join("tests/dockerfiles").join(path)
}

/// Copies a folder over the project: `dot-x` is `.x`, which git would otherwise obey.
fn lay(project: &Project, from: &Path, below: &str) {
    for entry in fs::read_dir(from).expect("the folder is there").flatten() {
        let name = entry.file_name().into_string().expect("a plain name");
        let name = name.strip_prefix("dot-").map_or_else(|| name.clone(), |rest| format!(".{rest}"));
        let to = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            fs::create_dir_all(project.path(&to)).expect("a folder can be made");
            lay(project, &entry.path(), &to);
        } else {
            // With its mode, which is what one of the rules is about.
            fs::copy(entry.path(), project.path(&to)).expect("a file can be copied");
        }
    }
}

fn project(context: &str, own: &str) -> Project {
    let project = Project::empty();
    lay(&project, &data(context), "");
    lay(&project, &data(own), "");
    if own.starts_with("rules/GB628") {
        stamped(&project, usize::from(own.ends_with("bad")));
    }
    project
}

/// Commits everything, builds `app` with Go's stamp, and makes so many commits more. The hashes are the same on
/// every machine: they are on a page.
fn stamped(project: &Project, later: usize) {
    let git = |words: &[&str]| {
        let mut run = project.run("git", ["-c", "init.defaultBranch=main"].iter().chain(words).copied());
        for who in ["AUTHOR", "COMMITTER"] {
            run = run
                .env(&format!("GIT_{who}_NAME"), "a")
                .env(&format!("GIT_{who}_EMAIL"), "a@example.com")
                .env(&format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
        }
        run.stderr_any().stdout_any().check();
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    let go = project.go(["build", "-buildvcs=true", "-o", "app", "."]);
    go.env("CGO_ENABLED", "0").env("GOOS", "linux").env("GOARCH", "amd64").check();
    for _ in 0..later {
        git(&["commit", "--quiet", "--allow-empty", "--message", "next"]);
    }
}

fn lint<'a>(project: &Project, args: impl IntoIterator<Item = &'a str>) -> Run {
    project.gobuild(["lint"].into_iter().chain(args)).env("SOURCE_DATE_EPOCH", DAY)
}

fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(data(folder)).expect("the folder is there").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn json(output: &str) -> Vec<serde_json::Value> {
    output.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}

fn found(project: &Project) -> Vec<(String, String)> {
    let run = lint(project, ["--message-format", "json"]).output();
    let lines = json(&run.stdout);
    let findings = lines[0]["findings"].as_array().expect("findings");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    findings.iter().map(|one| (text(&one["id"]), text(&one["severity"]))).collect()
}

#[test]
fn every_rule_fires_on_what_is_wrong_and_is_quiet_on_what_is_right() {
    let rules = names("rules");
    assert!(rules.len() >= 25, "{rules:?}");
    for rule in rules {
        let bad = project("rules-context", &format!("rules/{rule}/bad"));
        let ids: Vec<String> = found(&bad).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [rule.as_str()], "{rule}: the wrong file");
        let good = project("rules-context", &format!("rules/{rule}/good"));
        assert_eq!(found(&good), [], "{rule}: the corrected file");
    }
}

#[test]
fn files_in_the_manner_of_well_known_projects_have_nothing_said_of_them() {
    let files = names("right");
    assert!(files.len() >= 60, "{files:?}");
    for file in files {
        let project = project("right-context", &format!("right/{file}"));
        assert_eq!(found(&project), [], "{file}");
    }
}

#[test]
fn only_what_is_copied_on_is_held_against_the_final_image() {
    let tool = "FROM golang:1.27-bookworm AS build\nRUN go install example.com/tool@v1\nWORKDIR /src\nCOPY . .\n\
                RUN go build -o bin/helper . && CGO_ENABLED=0 go build -o /out/app .\nFROM alpine:3.24\n\
                COPY --from=build /etc/passwd /out/app /x/\n";
    let text =
        |more: &str| project("rules-context", "rules/GB601/good").file("Dockerfile", format!("{tool}{more}"));
    assert_eq!(found(&text("")), []);
    for more in [
        "COPY --from=build /go/bin/ /x/\n",
        "COPY --from=build /go/bin/tool /x/\n",
        "COPY --from=build /src/bin/helper /x/\n",
        "COPY --from=build /src/bin/h* /x/\n",
        "COPY --from=build src /x/\n",
    ] {
        assert_eq!(found(&text(more)), [("GB601".to_owned(), "error".to_owned())], "{more}");
    }
}

#[test]
fn a_position_independent_program_asks_for_a_loader_without_c_too() {
    let wrong = project("rules-context", "rules/GB601/bad");
    let text = String::from_utf8(wrong.read("Dockerfile")).unwrap();
    let wrong = wrong.file("Dockerfile", text.replace("go build", "CGO_ENABLED=0 go build -buildmode=pie"));
    lint(&wrong, []).status(3).stderr_has("-buildmode=pie asks for a loader").stdout_any().check();
}

#[test]
fn errors_are_status_3_and_warnings_0_and_a_comment_or_allow_takes_back() {
    let wrong = project("rules-context", "rules/GB601/bad");
    lint(&wrong, [])
        .status(3)
        .stderr_has("error[GB601]: ")
        .stdout_has("Dockerfile: rejected: 1 error")
        .check();
    lint(&wrong, ["--allow", "gb601"]).stderr_has("(allowed)").stdout_has("accepted: 1 warning").check();
    lint(&wrong, ["--allow", "GB699"]).status(2).stderr_has("there is no check `GB699`").check();
    let warned = project("rules-context", "rules/GB613/bad");
    lint(&warned, []).stderr_has("warning[GB613]: ").stdout_has("accepted: 1 warning").check();
    lint(&warned, ["--deny", "GB613"]).status(3).stderr_has("error[GB613]: ").stdout_any().check();
    let text = String::from_utf8(wrong.read("Dockerfile")).unwrap();
    for comment in ["# gobuild: ignore=GB601\nRUN go", "# gobuild: ignore=GB612,libc-missing\nRUN go"] {
        let silenced =
            project("rules-context", "rules/GB601/bad").file("Dockerfile", text.replace("RUN go", comment));
        lint(&silenced, []).stdout("Dockerfile: accepted\n").check();
    }
    let other = project("rules-context", "rules/GB601/bad")
        .file("Dockerfile", text.replace("RUN go", "# gobuild: ignore=GB602\nRUN go"));
    lint(&other, []).status(3).stderr_any().stdout_any().check();
}

#[test]
fn the_line_is_shown_with_a_caret_under_what_is_meant() {
    let wrong = project("rules-context", "rules/GB601/bad");
    let expected = "\
error[GB601]: the build links against glibc, but the final image has musl 1.2.6
 --> Dockerfile:4:5
4 | RUN go build -o /app .
  |     ^^^^^^^^^^^^^^^^^^
  golang:1.27-bookworm has glibc 2.36
  alpine:3.24 has          musl 1.2.6
  in a pod this reads: exec /app: no such file or directory
  because: CGO_ENABLED is not set, and the stage has a C compiler: cgo is on
  help: if the program has no C code: CGO_ENABLED=0 before go build
  help: if it has C code: build in a stage of the same distribution, or link statically
";
    lint(&wrong, []).status(3).stderr_has(expected).stdout_any().check();
}

#[test]
fn the_examples_of_the_pages_are_what_is_printed() {
    for rule in names("rules") {
        let bad = project("rules-context", &format!("rules/{rule}/bad"));
        let run = lint(&bad, []).output();
        let path = tools::checkout().join("docs/checks").join(format!("{rule}.md"));
        let page = fs::read_to_string(&path).unwrap();
        let (front, _) = page.split_once("## Example\n").expect("a page has an example");
        let expected = format!("{front}## Example\n\n```\n{}```\n", run.stderr);
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, &expected).unwrap();
        } else {
            assert_eq!(page, expected, "{rule}");
        }
    }
}

#[test]
fn what_cannot_be_known_is_said_once_and_nothing_is_guessed() {
    let private = project("right-context", "right/private-base");
    let run = lint(&private, []).stderr_has("the image is not described").stdout_any().check();
    assert_eq!(
        run.stderr.matches("registry.example.com/runtime:7 is not judged").count(),
        1,
        "{}",
        run.stderr
    );
    let open = Project::empty().file("Dockerfile", "ARG BASE\nFROM $BASE\nENTRYPOINT /x\n");
    lint(&open, []).stderr_has("ARG BASE has no default").stdout("Dockerfile: accepted\n").check();
}

#[test]
fn an_image_that_gobuild_toml_describes_is_judged() {
    let project = project("right-context", "right/private-base")
        .file("gobuild.toml", "[image.\"registry.example.com/runtime:7\"]\nfrom = \"scratch\"\n");
    lint(&project, []).status(3).stderr_has("error[GB612]: ").stdout_any().check();
}

#[test]
fn several_files_a_stage_and_a_context() {
    let project = project("rules-context", "rules/GB601/bad").file(
        "deploy/Dockerfile",
        "FROM alpine:3.24 AS one\nCOPY main.go /\nFROM scratch AS two\nCMD echo\n",
    );
    lint(&project, ["Dockerfile", "deploy/Dockerfile"])
        .status(3)
        .stderr_has("GB601")
        .stderr_has("deploy/Dockerfile:4:1")
        .stdout("Dockerfile: rejected: 1 error\ndeploy/Dockerfile: rejected: 1 error\n")
        .check();
    lint(&project, ["--stage", "one", "deploy/Dockerfile"]).stdout("deploy/Dockerfile: accepted\n").check();
    lint(&project, ["--stage", "tow", "deploy/Dockerfile"])
        .status(2)
        .stderr_has("deploy/Dockerfile has no stage tow")
        .stderr_has("there are one, two")
        .check();
    lint(&project, ["--stage", "one", "--context", "deploy", "deploy/Dockerfile"])
        .status(3)
        .stderr_has("error[GB618]: the file is not in the build context")
        .stdout_any()
        .check();
}

#[test]
fn what_is_no_dockerfile_is_status_2_with_its_place() {
    let project = Project::empty().file("Dockerfile", "FROM scratch\nCPOY a b\n");
    lint(&project, []).status(2).stderr_has("Dockerfile:2:").check();
    lint(&project, ["nowhere"]).status(2).stderr_has("cannot read nowhere").check();
    lint(&Project::empty(), []).status(2).stderr_has("there is no Dockerfile here").check();
}

#[test]
fn json_sarif_and_annotations_name_the_place() {
    let wrong = project("rules-context", "rules/GB601/bad");
    let run = lint(&wrong, ["--message-format", "json"]).status(3).stdout_any().check();
    let lines = json(&run.stdout);
    let finding = &lines[0]["findings"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&4.into(), &5.into()));
    assert_eq!(lines[1], serde_json::json!({"reason": "finished", "version": 2, "status": 3}));

    let run = lint(&wrong, ["--sarif"]).status(3).stdout_any().check();
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "GB601");
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["id"], "GB601");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "Dockerfile");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 23})
    );

    lint(&wrong, ["--github"])
        .status(3)
        .stdout_has("::error file=Dockerfile,line=4,endLine=4,title=GB601 libc-missing::the build links")
        .check();
}

#[test]
fn explain_has_the_pages_of_the_rules() {
    let project = Project::empty();
    project.gobuild(["explain", "GB601"]).stdout_has("# GB601: libc-missing").check();
    project.gobuild(["explain", "libc-missing"]).stdout_has("## How to fix").check();
}

#[test]
fn the_dockerfiles_that_gobuild_writes_for_its_examples_lint_clean() {
    for example in ["hello", "rpc", "cgo", "sqlite"] {
        let project = Project::example(example);
        project.gobuild(["dockerfile", "--output", "Dockerfile"]).stderr_any().check();
        // On a day on which alpine:3.20, which two of them name, was still repaired.
        let run = lint(&project, []).env("SOURCE_DATE_EPOCH", "1767225600").output();
        assert_eq!(
            (run.status, run.stderr.as_str()),
            (0, ""),
            "{example}: {}",
            String::from_utf8_lossy(&project.read("Dockerfile"))
        );
    }
}
