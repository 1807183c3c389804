//! Many at once.

use std::process::{Child, Stdio};

use crate::support::project::Project;

/// Twenty programs of one module, each of which says its own name.
fn shops() -> Project {
    let mut project = Project::hello();
    for number in 0..20 {
        let main = format!("package main\n\nfunc main() {{ println(\"shop {number}\") }}\n");
        project = project.file(format!("cmd/shop{number}/main.go"), main);
    }
    project
}

fn spawn(project: &Project, args: &[String]) -> Child {
    let mut command = project.gobuild(args).command();
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("gobuild can be started")
}

/// Waits for all of them; what each said.
fn ended(children: Vec<Child>) -> Vec<String> {
    let wait = |child: Child| {
        let done = child.wait_with_output().expect("it is a child");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{}\n{said}", done.status);
        said
    };
    children.into_iter().map(wait).collect()
}

fn says(project: &Project, path: &str) -> String {
    let done = std::process::Command::new(project.path(path)).output().expect("it can be started");
    String::from_utf8_lossy(&done.stderr).trim().to_owned()
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[test]
fn twenty_builds_of_twenty_programs_each_give_their_own() {
    let project = shops();
    let children = (0..20).map(|number| {
        let target = ["alpine", "scratch", "debian:12", "ubuntu"][number % 4];
        spawn(&project, &words(&format!("--target {target} -o bin/shop{number} ./cmd/shop{number}")))
    });
    let said = ended(children.collect());
    assert!(said.iter().all(|said| !said.contains("Blocking")), "{said:?}");
    for number in 0..20 {
        assert_eq!(says(&project, &format!("bin/shop{number}")), format!("shop {number}"));
    }
    assert_eq!(super::names(&project.path("bin")).len(), 20);
}

#[test]
fn twenty_builds_of_one_output_wait_for_each_other_and_say_so() {
    let project = shops();
    let children = (0..20).map(|_| spawn(&project, &words("--target alpine -o bin/shop ./cmd/shop7")));
    let said = ended(children.collect());
    assert_eq!(says(&project, "bin/shop"), "shop 7");
    assert_eq!(super::names(&project.path("bin")), ["shop".to_owned()].into());
    // They all began within the time of the first link.
    assert!(said.iter().any(|said| said.contains("Blocking waiting for file lock on ")), "{said:?}");
}

#[test]
fn one_output_wanted_by_several_targets_at_once_is_one_of_them_whole() {
    let project = shops();
    let children = (0..12).map(|number| {
        let target = ["alpine", "scratch", "debian:12"][number % 3];
        spawn(&project, &words(&format!("--target {target} -o bin/shop ./cmd/shop{}", number % 2)))
    });
    ended(children.collect());
    assert!(["shop 0", "shop 1"].contains(&says(&project, "bin/shop").as_str()));
    assert_eq!(super::names(&project.path("bin")), ["shop".to_owned()].into());
}
