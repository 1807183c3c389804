//! `gobuild verify --all`, and without a target anywhere: where can it run?

use serde_json::Value;

use crate::support::project::Project;

fn built(flags: &[&str]) -> Project {
    let project = Project::hello();
    let line = [&["build", "-o", "x"], flags].concat();
    let environment = project.go(line).env("CGO_ENABLED", "0").env("GOARCH", "amd64").env("GOOS", "linux");
    environment.stdout_any().stderr_any().check();
    project
}

fn table(project: &Project, words: &[&str]) -> Value {
    let line = [&["verify", "x", "--message-format", "json"], words].concat();
    let stdout = project.gobuild(line).stdout_any().check().stdout;
    let objects: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).expect("an object on each line")).collect();
    assert_eq!(objects.len(), 2, "{stdout}");
    assert_eq!(objects[1], serde_json::json!({ "reason": "finished", "version": 2, "status": 0 }));
    objects[0].clone()
}

fn rows(table: &Value) -> &[Value] {
    table["images"].as_array().expect("a list")
}

fn row<'a>(table: &'a Value, image: &str) -> &'a Value {
    rows(table).iter().find(|row| row["image"] == image).unwrap_or_else(|| panic!("{image} has no row"))
}

#[test]
fn a_static_program_fits_every_linux_image() {
    let project = built(&[]);
    let table = table(&project, &[]);
    assert_eq!((&table["reason"], &table["file"]), (&Value::from("table"), &Value::from("x")));
    let (linux, windows): (Vec<&Value>, Vec<&Value>) =
        rows(&table).iter().partition(|row| row["platform"] == "linux/amd64");
    assert!(linux.len() > 100 && linux.iter().all(|row| row["accepted"] == true), "{table}");
    assert!(!windows.is_empty() && windows.iter().all(|row| row["because"]["id"] == "GB102"), "{table}");
    assert_eq!(table["accepted"], linux.len());
    let text = project.gobuild(["verify", "x"]).stdout_has("x: static\nfits ").check().stdout;
    assert!(text.contains("\naccepted (") && text.contains("\n  alpine: 3.24 "), "{text}");
    assert!(text.lines().count() < 70, "{text}");
}

#[test]
fn a_program_with_a_loader_is_rejected_where_there_is_none_and_the_status_is_0() {
    let project = built(&["-buildmode=pie"]);
    let table = table(&project, &["--platform", "linux/amd64"]);
    assert_eq!(row(&table, "scratch")["because"]["id"], "GB201");
    assert_eq!(row(&table, "alpine:3.20")["because"]["certain"], true);
    assert_eq!(row(&table, "debian:12")["accepted"], true);
    assert_eq!(row(&table, "registry.access.redhat.com/ubi9")["warnings"][0]["id"], "GB204");
    assert!(rows(&table).iter().all(|row| row["platform"] == "linux/amd64"), "{table}");
    let text = project.gobuild(["verify", "x"]).stdout_any().check().stdout;
    assert!(text.contains("), error[GB201]: the image has no loader for this binary\n  scratch\n"), "{text}");
    assert!(text.contains("\nhelp: gobuild verify x --target IMAGE shows the evidence\n"), "{text}");
}

#[test]
fn what_is_no_program_is_rejected_everywhere_in_one_group_and_the_status_is_3() {
    let project = Project::empty().file("x", "!<arch>\n");
    // `gobuild verify garbage && push` must not push.
    let text = project.gobuild(["verify", "x"]).status(3).stdout_has("fits 0 of the ").check().stdout;
    project.gobuild(["verify", "x", "--all"]).status(3).stdout_has("fits 0 of the ").check();
    assert_eq!(
        text.matches("error[GB101]: this is not an executable").count(),
        2,
        "linux and windows\n{text}"
    );
    assert!(!text.contains("accepted"), "{text}");
}

#[test]
fn a_configured_target_is_judged_unless_all_is_asked_for() {
    let project = built(&["-buildmode=pie"]).file("gobuild.toml", "target = \"scratch\"\n");
    project.gobuild(["verify", "x"]).status(3).stderr_has("GB201").stdout_has("rejected for scratch").check();
    project.gobuild(["verify", "x", "--all"]).stdout_has("\nfits ").check();
    let line = ["verify", "x", "--all", "--target", "scratch"];
    project.gobuild(line).status(2).stderr_has("cannot be used with").check();
}

#[test]
fn markdown_has_one_row_for_each_image_and_platform() {
    let project = built(&[]);
    let text = project.gobuild(["verify", "x", "--markdown"]).stdout_any().check().stdout;
    assert!(
        text.starts_with("## x\n\nstatic\n\n| image | platform | accepted | reason | warnings |\n"),
        "{text}"
    );
    assert!(text.contains("\n| alpine:3.20 | linux/amd64 | yes | | |\n"), "{text}");
    let rows_of_object = rows(&table(&project, &[])).len();
    assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), rows_of_object + 2);
}

#[test]
fn each_variant_of_arm_has_its_own_answer() {
    let project = Project::hello();
    let go = project.go(["build", "-o", "x"]).env("CGO_ENABLED", "0").env("GOARCH", "arm").env("GOARM", "7");
    go.env("GOOS", "linux").stdout_any().stderr_any().check();
    let text = project.gobuild(["verify", "x"]).stdout_any().check().stdout;
    let (v6, v7) = text.split_once("known images for linux/arm/v7").expect("both variants have a heading");
    assert!(v6.contains("known images for linux/arm/v6") && v6.contains("error[GB104]"), "{text}");
    assert!(v7.starts_with("\n\naccepted ("), "{text}");
    assert!(text.contains("more known images are not listed for such a platform"), "{text}");
}
