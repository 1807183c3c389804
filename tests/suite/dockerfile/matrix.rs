//! Every template, kind of image and option that changes a line.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use parse_dockerfile::{Instruction, parse};
use snapbox::{Assert, Data};

use super::table::{CASES, Case};
use crate::support::project::Project;
use crate::support::skip::skip;
use crate::support::tools;

/// What the case gives, by the real command line.
fn written(case: &Case) -> String {
    let mut project = Project::empty();
    for (path, text) in case.files() {
        project = project.file(path, text);
    }
    project.gobuild([&["dockerfile"], case.args].concat()).stdout_any().stderr_any().check().stdout
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
        assert_eq!(count(|one| matches!(one, Instruction::User(_))), 1, "{}", case.name);
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
    }
}

fn expected(case: &Case) -> String {
    let path = tools::checkout().join(format!("tests/suite/dockerfile/cases/{}.Dockerfile", case.name));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn hadolint_finds_no_error() {
    let program = tools::fetched("hadolint/bin/hadolint");
    if !program.exists() {
        skip!("hadolint was not found: scripts/fetch-hadolint.sh fetches it");
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
