//! What machines read: SARIF as its schema has it, annotations that nothing breaks out of, JSON as the page says.

use std::collections::BTreeSet;
use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use super::{data, json, lint, names, project};
use crate::support::project::Project;
use crate::support::tools;

/// The schema of the standard, and an index to ask by.
fn schema() -> (Schemas, SchemaIndex) {
    let path = tools::checkout().join("tests/data/sarif/schema-2.1.0.json");
    let text: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("sarif.json", text).unwrap();
    let index = compiler.compile("sarif.json", &mut schemas).unwrap();
    (schemas, index)
}

#[test]
fn sarif_is_what_the_schema_of_2_1_0_says() {
    let (schemas, index) = schema();
    let hold = |project: &Project, args: &[&str]| {
        let run = lint(project, args.iter().copied().chain(["--sarif"])).output();
        let log: Value = serde_json::from_str(&run.stdout).expect("one object");
        if let Err(error) = schemas.validate(&log, index) {
            panic!("{error:#}\n{log:#}");
        }
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
    assert!(schemas.validate(&broken, index).is_err(), "the schema is asked");
    broken = log;
    broken["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        "a b".into();
    assert!(schemas.validate(&broken, index).is_err(), "the form of a URI is asked");
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

/// The names in back quotes of the first column below a heading, and those of a row.
fn documented(page: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let section = page.split("## reason: \"lint\"").nth(1).expect("the page has it");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let mut inside = BTreeSet::new();
    let keys = rows.map(|row| {
        let (key, rest) = row.split_once('`').unwrap();
        if key == "findings" {
            inside = quoted(rest);
        }
        key.to_owned()
    });
    (keys.collect(), inside)
}

#[test]
fn json_has_the_keys_of_its_page_and_no_others() {
    let page = fs::read_to_string(tools::checkout().join("docs/json.md")).unwrap();
    let (mut keys, inside) = documented(&page);
    keys.extend(["reason".to_owned(), "version".to_owned()]);
    let of = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    for rule in names("rules") {
        let bad = project("rules-context", &format!("rules/{rule}/bad"));
        let lines = json(&lint(&bad, ["--message-format", "json"]).output().stdout);
        assert_eq!(of(&lines[0]), keys, "{rule}");
        for finding in lines[0]["findings"].as_array().unwrap() {
            assert_eq!(of(finding), inside, "{rule}");
        }
    }
}
