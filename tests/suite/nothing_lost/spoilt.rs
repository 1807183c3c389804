//! What gobuild keeps is noticed where somebody spoilt it, made anew, and never trusted.

use std::fs;
use std::path::{Path, PathBuf};

use super::OLD;
use crate::support::project::Project;
use crate::support::skip::skip;

/// What somebody does to the bytes of a file.
type Spoiler = fn(&[u8]) -> Vec<u8>;

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn cache(project: &Project) -> PathBuf {
    project.top().join("home/.cache/gobuild")
}

fn build(project: &Project) {
    project.gobuild(["--target", "alpine", "-o", "bin/app"]).stderr_any().check();
}

/// The program at the output is whole.
fn works(project: &Project) {
    let run = project.run(project.path("bin/app"), [""; 0]);
    run.stdout_has("hello none").check();
}

#[test]
fn every_file_of_the_cache_cut_emptied_or_overwritten_is_noticed() {
    let project = Project::hello();
    build(&project);
    let kept = files(&cache(&project));
    assert!(kept.len() >= 4, "{kept:?}");
    let spoilers: [(&str, Spoiler); 4] = [
        ("emptied", |_| Vec::new()),
        ("cut", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("overwritten", |bytes| vec![b'{'; bytes.len()]),
        ("zeroed in the middle", |bytes| {
            let mut bytes = bytes.to_vec();
            let (from, to) = (bytes.len() / 3, bytes.len() * 2 / 3);
            bytes[from..to].fill(0);
            bytes
        }),
    ];
    for path in kept {
        for (how, spoil) in spoilers {
            let Ok(bytes) = fs::read(&path) else { continue };
            fs::write(&path, spoil(&bytes)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            build(&project);
            let told = format!("{} {how}", path.display());
            let said = project.run(project.path("bin/app"), [""; 0]).output();
            assert_eq!((said.status, said.stdout.as_str()), (0, "hello none\n"), "{told}");
        }
    }
}

#[test]
fn a_staged_file_that_was_exchanged_for_another_program_is_made_anew() {
    let project =
        Project::hello().file("other/main.go", "package main\n\nfunc main() { println(\"other\") }\n");
    build(&project);
    project.gobuild(["--target", "alpine", "-o", "bin/other", "./other"]).stderr_any().check();
    let staged = files(&cache(&project).join("stage"));
    let find = |name: &str| staged.iter().find(|path| path.ends_with(name)).expect("it is staged");
    fs::copy(find("other"), find("app")).expect("a file can be copied");
    build(&project);
    works(&project);
    // Nothing of it is taken from the output either.
    fs::copy(project.path("bin/other"), project.path("bin/app")).expect("a file can be copied");
    build(&project);
    works(&project);
}

#[test]
fn a_stripped_staged_file_is_made_anew() {
    if which::which("strip").is_err() {
        skip!("there is no strip here");
    }
    let project = Project::hello();
    build(&project);
    let whole = project.read("bin/app").len();
    let staged = files(&cache(&project).join("stage"));
    let staged = staged.iter().find(|path| path.ends_with("app")).expect("it is staged");
    duct::cmd("strip", [staged]).run().expect("strip works");
    build(&project);
    assert_eq!(project.read("bin/app").len(), whole);
}

#[test]
fn a_lock_that_somebody_spoilt_is_an_error_that_names_it() {
    for lock in ["", "[", "version = 99\n", "version = 1\n[[image]]\nname = 7\n"] {
        let project = Project::hello().file("gobuild.lock", lock).file("bin/app", OLD);
        let done = project.gobuild(["--target", "alpine:3.20", "-o", "bin/app"]).output();
        if lock.is_empty() {
            continue;
        }
        assert_eq!(done.status, 2, "{lock:?}\n{}", done.stderr);
        assert!(done.stderr.contains("gobuild.lock"), "{}", done.stderr);
        assert_eq!(project.read("bin/app"), OLD);
    }
}
