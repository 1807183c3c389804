//! What machines read: SARIF as its schema has it, annotations that nothing breaks out of, JSON as its schema has it.

use std::fs;

use serde_json::Value;

use super::{data, lint, names, project};
use crate::support::project::Project;
use crate::support::schema::Schema;

#[test]
fn sarif_is_what_the_schema_of_2_1_0_says() {
    let schema = Schema::of_sarif();
    let hold = |project: &Project, args: &[&str]| {
        let run = lint(project, args.iter().copied().chain(["--sarif"])).output();
        let log: Value = serde_json::from_str(&run.stdout).expect("one object");
        schema.hold(&log);
        log
    };
    for rule in names("rules") {
        let log = hold(&project("rules-context", &format!("rules/{rule}/bad")), &[]);
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert!(results.iter().any(|result| result["ruleId"] == rule.as_str()), "{rule}");
    }
    let right = project("rules-context", "rules/GB601/good");
    assert_eq!(hold(&right, &[])["runs"][0]["results"], serde_json::json!([]));
    // Two files in one log, the rules listed once, and a name that a URI cannot hold as it is.
    let text = fs::read(data("rules/GB601/bad/Dockerfile")).unwrap();
    let both = project("rules-context", "rules/GB601/bad").file("a b,%é/Dockerfile", text);
    let log = hold(&both, &["Dockerfile", "a b,%é/Dockerfile"]);
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 2);
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), 1);

    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!schema.allows(&broken), "the schema is asked");
    broken = log;
    broken["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        "a b".into();
    assert!(!schema.allows(&broken), "the form of a URI is asked");
}

#[test]
fn nothing_in_a_name_or_a_line_ends_an_annotation() {
    let name = "a,b:c%,line=9::x\r\n::set-env name=A::b";
    let text = fs::read(data("rules/GB601/bad/Dockerfile")).unwrap();
    let project = project("rules-context", "rules/GB601/bad").file(name, text);
    let run = lint(&project, [name, "--github"]).status(3).stdout_any().check();
    let lines: Vec<&str> = run.stdout.lines().collect();
    let [line] = lines[..] else { panic!("one line a finding: {lines:?}") };
    let command = line.strip_prefix("::error ").expect("an error");
    let (properties, message) = command.split_once("::").unwrap();
    let keys: Vec<&str> = properties.split(',').map(|pair| pair.split_once('=').unwrap().0).collect();
    assert_eq!(keys, ["file", "line", "endLine", "title"]);
    let file = properties.split(',').next().unwrap();
    assert_eq!(file, "file=a%2Cb%3Ac%25%2Cline=9%3A%3Ax%0D%0A%3A%3Aset-env name=A%3A%3Ab");
    assert!(message.contains("%0Ahelp: ") && !message.contains('\r'), "{message}");
}

#[test]
fn json_is_what_the_schema_says_and_its_evidence_is_of_the_rule() {
    let schema = Schema::of_objects();
    for rule in names("rules") {
        let bad = project("rules-context", &format!("rules/{rule}/bad"));
        let lines = schema.lines(&lint(&bad, ["--message-format", "json"]).output().stdout);
        for finding in lines[0]["findings"].as_array().unwrap() {
            assert_eq!(finding["evidence"]["kind"], finding["name"], "{rule}");
        }
    }
}
