//! Every template, kind of image and option that changes a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use parse_dockerfile::{Instruction, parse};
use snapbox::{Assert, Data};

use super::table::{CASES, Case};
use crate::support::project::Project;
use crate::support::skip::skip;
use crate::support::tools;

/// A day on which every image of the table is in support.
const DAY: &str = "1764547200";

fn project(case: &Case) -> Project {
    case.files().into_iter().fold(Project::empty(), |project, (path, text)| project.file(path, text))
}

/// What the case gives, by the real command line.
fn written(case: &Case) -> String {
    let args = [&["dockerfile"], case.args].concat();
    project(case).gobuild(args).stdout_any().stderr_any().check().stdout
}

#[test]
fn every_dockerfile_is_as_it_was() {
    let folder = tools::checkout().join("tests/suite/dockerfile/cases");
    for case in CASES {
        let expected = Data::read_from(&folder.join(format!("{}.Dockerfile", case.name)), None);
        Assert::new().action_env("SNAPSHOTS").eq(written(case), expected.raw());
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> = CASES.iter().map(|case| format!("{}.Dockerfile", case.name)).collect();
    assert_eq!(there, expected, "a file for each case, and a case for each file");
}

#[test]
fn every_dockerfile_is_parsed_and_holds_to_the_rules() {
    for case in CASES {
        let text = expected(case);
        let parsed = parse(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", case.name));
        let last = parsed.stages().last().expect("there is a stage").instructions;
        let count = |kind: fn(&Instruction<'_>) -> bool| last.iter().filter(|one| kind(one)).count();
        let runs = count(|one| matches!(one, Instruction::Run(_)));
        assert_eq!(runs > 0, text.contains("A RUN in the final stage"), "{}: RUN without need", case.name);
        let users = 1 + usize::from(text.contains("cannot install packages"));
        assert_eq!(count(|one| matches!(one, Instruction::User(_))), users, "{}", case.name);
        assert_eq!(count(|one| matches!(one, Instruction::Entrypoint(_))), 1, "{}", case.name);
        for line in text.lines() {
            let exec = ["ENTRYPOINT ", "CMD ", "HEALTHCHECK CMD "];
            if let Some(rest) = exec.iter().find_map(|word| line.strip_prefix(word)) {
                let words: Vec<String> = serde_json::from_str(rest).expect(line);
                assert!(!words.is_empty());
            }
            // A default of these would be taken for every platform.
            assert!(!line.starts_with("ARG TARGET") || !line.contains('='), "{}: {line}", case.name);
            assert_eq!(line, line.trim_end(), "{}", case.name);
        }
        assert!(!text.contains("\n\n\n"), "{}:\n{text}", case.name);
        let of_buildkit = ["PLATFORM", "TARGET", "--mount", "--chmod", "--platform=", "<<"];
        let found: Vec<&str> = of_buildkit.into_iter().filter(|word| text.contains(word)).collect();
        assert!(found.is_empty() || !case.name.starts_with("classic-"), "{}: {found:?}", case.name);
    }
}

/// In the folder that it is built in: with the files that it copies, of which the binaries are gobuild's own, and the
/// `.dockerignore` that belongs to it.
#[test]
fn gobuild_finds_nothing_wrong_with_its_own_dockerfiles() {
    let mut wrong = String::new();
    let mut built = BTreeMap::new();
    for case in CASES {
        let project = project(case).file("etc/words", "words\n").file("my files/words", "words\n");
        // A template of the settings asks git for the version.
        for words in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "a"]] {
            let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
            project.run("git", [&identity, words].concat()).check();
        }
        let args = [&["dockerfile", "--output", "Dockerfile", "--ignore"], case.args].concat();
        project.gobuild(args).stderr_any().check();
        if !expected(case).contains(" AS build\n") {
            lay_binary(&project, case, &mut built);
        }
        let run = project.gobuild(["lint", "--message-format", "json"]).env("SOURCE_DATE_EPOCH", DAY);
        let said = run.stdout_any().check().stdout;
        let first = said.lines().next().expect("a line for the file");
        let value: serde_json::Value = serde_json::from_str(first).expect("a line is an object");
        for finding in value["findings"].as_array().expect("findings") {
            let _ = writeln!(wrong, "{}: {finding}", case.name);
        }
    }
    assert_eq!(wrong, "");
}

/// Builds what the case copies. A program of which nothing is set, and that has no C, is the same for every image.
fn lay_binary(project: &Project, case: &Case, built: &mut BTreeMap<String, Vec<u8>>) {
    let set = case.toml.contains("[build]") || case.toml.contains("platforms");
    let sources: Vec<_> = case.files().into_iter().filter(|(name, _)| *name != "gobuild.toml").collect();
    let sources = format!("{sources:?}");
    let Some(binary) = built.get(&sources).filter(|_| !set) else {
        project.gobuild::<&str>([]).stderr_any().check();
        if !set {
            built.insert(sources, project.read("rpc"));
        }
        return;
    };
    fs::write(project.path("rpc"), binary).expect("a file can be written");
    fs::set_permissions(project.path("rpc"), fs::Permissions::from_mode(0o755)).expect("its mode can be set");
}

/// Every condition of the templates is true for one of the rows and false for another, and every loop has something
/// to go through: a line that no snapshot has could say anything.
#[test]
fn every_branch_of_the_templates_is_in_a_snapshot() {
    let read = |name: &str| {
        let path = tools::checkout().join("templates/dockerfile").join(format!("{name}.Dockerfile"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let mut marks = BTreeSet::new();
    let mut packages = String::new();
    for family in ["alpine", "debian", "redhat"] {
        let text = read(family);
        let (_, block) = text.split_once("{% block packages %}").expect("a family says how to install");
        let (block, _) = block.split_once("{% endblock %}").expect("a block ends");
        let _ = write!(
            packages,
            "{{% if family == {family:?} %}}{}{{% endif %}}",
            marked(block, family, &mut marks)
        );
    }
    let base = marked(&read("base"), "base", &mut marks);
    let template = base.replace("{% block packages %}{% endblock %}", &packages);
    assert_ne!(template, base);
    for case in CASES {
        let project = project(case).file("marked", &template);
        let args = [&["dockerfile", "--template", "marked"], case.args].concat();
        let text = project.gobuild(args).stdout_any().stderr_any().check().stdout;
        marks.retain(|mark| !text.contains(mark.as_str()));
    }
    assert_eq!(marks, BTreeSet::new(), "no row of the table comes through these");
}

/// A template that leaves a mark in both branches of every condition, and in every loop.
fn marked(text: &str, name: &str, marks: &mut BTreeSet<String>) -> String {
    let mut whole = String::new();
    let mut open: Vec<(String, bool)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (column, part) in line.split_inclusive("%}").enumerate() {
            let (before, tag) = part.split_once("{%").unwrap_or((part, ""));
            whole.push_str(before);
            let words = tag.trim_end_matches("%}").trim();
            let mut mark = |of: &str, taken: &str| {
                let mark = format!("<{of} {taken}>");
                marks.insert(mark.clone());
                mark
            };
            match words.split(' ').next() {
                Some("if" | "for") => {
                    let of = format!("{name}:{}.{column} {words}", index + 1);
                    let _ = write!(whole, "{{%{tag}{}", mark(&of, "yes"));
                    open.push((of, false));
                }
                Some("else") => {
                    let (of, has_else) = open.last_mut().expect("else is in something");
                    *has_else = true;
                    let _ = write!(whole, "{{%{tag}{}", mark(of, "no"));
                }
                Some("endif") => {
                    let (of, has_else) = open.pop().expect("something ends");
                    let skipped =
                        if has_else { String::new() } else { format!("{{% else %}}{}", mark(&of, "no")) };
                    let _ = write!(whole, "{skipped}{{%{tag}");
                }
                Some("endfor") => {
                    open.pop().expect("something ends");
                    let _ = write!(whole, "{{%{tag}");
                }
                Some("") | None => {}
                Some(_) => {
                    let _ = write!(whole, "{{%{tag}");
                }
            }
        }
        whole.push('\n');
    }
    whole
}

fn expected(case: &Case) -> String {
    let path = tools::checkout().join(format!("tests/suite/dockerfile/cases/{}.Dockerfile", case.name));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn hadolint_finds_no_error() {
    let program = tools::fetched("hadolint/bin/hadolint");
    if !program.exists() {
        skip!("hadolint was not found: scripts/fetch.sh hadolint fetches it");
    }
    let lint = |files: &[String]| {
        let mut command = Command::new(&program);
        let done =
            command.args(["--no-color", "--failure-threshold", "error"]).args(files).stdin(Stdio::null());
        let done = done.output().expect("hadolint runs");
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let folder = tools::checkout().join("tests/suite/dockerfile/cases");
    let files: Vec<String> = CASES
        .iter()
        .map(|case| folder.join(format!("{}.Dockerfile", case.name)).display().to_string())
        .collect();
    let (well, said) = lint(&files);
    assert!(well, "{said}");
    // The same command finds what is wrong.
    let wrong = Project::empty().file("Dockerfile", "FROM scratch\nENTRYPOINT a\nENTRYPOINT [\"b\"]\n");
    let (well, said) = lint(&[wrong.path("Dockerfile").display().to_string()]);
    assert!(!well && said.contains("DL4004"), "{said}");
}
