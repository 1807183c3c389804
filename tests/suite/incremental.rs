//! What is linked again, counted by go itself (`-x` prints every command), and what make sees of it.

use std::os::unix::fs::MetadataExt as _;

use crate::support::project::Project;

/// Two programs, and at the top everything below it embedded.
fn shop() -> Project {
    let main = "package main\n\nvar mode string\n\nfn main() { println(mode) }\n".replace("fn ", "func ");
    Project::empty()
        .file("go.mod", "module example.com/shop\n\ngo 1.22\n")
        .file("cmd/a/main.go", &main)
        .file("cmd/b/main.go", &main)
        .file("main.go", "package main\n\nimport \"embed\"\n\n//go:embed *\nvar all embed.FS\n\nfunc main() { println(&all) }\n")
}

/// Runs a build line for scratch and counts the links that go says it made.
fn links(project: &Project, args: &[&str]) -> usize {
    let line = ["--target", "scratch", "-x"].iter().chain(args).copied();
    let said = project.gobuild(line).stderr_any().check().stderr;
    said.lines().filter(|line| line.contains("/link -o ") || line.contains("/link' -o ")).count()
}

#[test]
fn outputs_flag_sets_and_packages_in_turn_link_once_each() {
    let project = shop();
    let lines: [&[&str]; 6] = [
        &["-o", "bin/a", "./cmd/a"],
        &["-o", "bin/other", "./cmd/a"],
        &["-o", "bin/a-debug", "-ldflags=-X main.mode=debug", "./cmd/a"],
        &["-o", "bin/a-release", "-ldflags=-s -w -X main.mode=release", "-trimpath", "./cmd/a"],
        &["-o", "bin/", "./cmd/a", "./cmd/b"],
        &["./cmd/b"],
    ];
    for (line, first) in lines.iter().zip([1, 1, 1, 1, 2, 1]) {
        assert_eq!(links(&project, line), first, "the first build of {line:?}");
    }
    for line in lines {
        assert_eq!(links(&project, line), 0, "nothing changed: {line:?}");
    }
}

#[test]
fn a_module_that_embeds_everything_links_once_and_embeds_no_stage() {
    let project = shop();
    // Outside the module, or the result itself would be embedded and the next build be another one.
    let outside = project.top().join("shop");
    let output = outside.to_str().expect("a temporary folder is text");
    assert_eq!(links(&project, &["-o", output]), 1);
    assert_eq!(links(&project, &["-o", output]), 0);
}

#[test]
fn a_changed_source_is_linked_and_published() {
    let project = shop();
    assert_eq!(links(&project, &["-o", "a", "./cmd/a"]), 1);
    let before = project.read("a");
    let project = project.file("cmd/a/main.go", "package main\n\nfunc main() { println(\"changed\") }\n");
    assert_eq!(links(&project, &["-o", "a", "./cmd/a"]), 1);
    assert_ne!(project.read("a"), before);
}

#[test]
fn with_nothing_to_do_the_output_is_the_same_file_with_a_new_time() {
    let project = shop();
    links(&project, &["-o", "a", "./cmd/a"]);
    let old = std::fs::metadata(project.path("a")).expect("it was published");
    // Whole seconds apart, whatever the file system keeps of a time.
    let past = old.modified().expect("a time") - std::time::Duration::from_secs(10);
    let file = std::fs::File::options().write(true).open(project.path("a")).expect("it is ours");
    links(&project, &["-o", "a", "./cmd/a"]);
    let touched = std::fs::metadata(project.path("a")).expect("it is there");
    assert_eq!(touched.ino(), old.ino(), "not copied again");
    assert!(touched.modified().expect("a time") >= old.modified().expect("a time"));
    // Somebody gave it another time: it is no longer what was published, and is published again.
    file.set_modified(past).expect("a time can be set");
    links(&project, &["-o", "a", "./cmd/a"]);
    let again = std::fs::metadata(project.path("a")).expect("it is there");
    assert!(again.modified().expect("a time") > past);
}

#[test]
fn an_output_that_somebody_changed_is_put_right_without_a_link() {
    let project = shop();
    links(&project, &["-o", "a", "./cmd/a"]);
    let proven = project.read("a");
    let project = project.file("a", [&proven[..1000], &[0; 64][..], &proven[1064..]].concat());
    assert_eq!(links(&project, &["-o", "a", "./cmd/a"]), 0);
    assert_eq!(project.read("a"), proven);
}
