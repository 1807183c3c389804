//! What gobuild keeps is noticed where somebody spoilt it, made anew, and never trusted.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::OLD;
use crate::support::project::Project;
use crate::support::run::Output;
use crate::support::skip::skip;

/// What somebody puts in the place of a file.
type Place = fn(&Path);

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
    let spoilers: [(&str, Spoiler); 5] = [
        ("emptied", |_| Vec::new()),
        ("cut", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("overwritten", |bytes| vec![b'{'; bytes.len()]),
        ("with one bit of a number changed", |bytes| {
            let mut bytes = bytes.to_vec();
            if let Some(digit) = bytes.iter_mut().rfind(|byte| byte.is_ascii_digit()) {
                *digit ^= 1;
            }
            bytes
        }),
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

/// gobuild, ended where it waits for what never comes.
fn build_that_may_hang(project: &Project) -> Output {
    let gobuild = project.gobuild(["--target", "alpine", "-o", "bin/app"]).command();
    let words = [OsStr::new("120"), gobuild.get_program()].into_iter().chain(gobuild.get_args());
    project.run("timeout", words).output()
}

#[test]
fn nothing_in_the_place_of_a_file_of_the_cache_is_in_the_way() {
    let project = Project::hello();
    build(&project);
    let kept = files(&cache(&project));
    let places: [(&str, Place); 4] = [
        ("a pipe", |path| drop(duct::cmd!("mkfifo", path).run().expect("a pipe can be made"))),
        ("a folder", |path| fs::create_dir_all(path.join("x")).expect("a folder can be made")),
        ("no end", |path| symlink("/dev/zero", path).expect("a link can be made")),
        ("no beginning", |path| symlink("/nowhere/x", path).expect("a link can be made")),
    ];
    let folders = kept.iter().filter_map(|path| path.parent()).filter(|folder| folder.ends_with("0"));
    for path in kept.iter().map(PathBuf::as_path).chain(folders) {
        for (what, place) in places {
            // Not every run keeps each of them.
            let there = fs::symlink_metadata(path);
            let _ = if there.is_ok_and(|it| it.is_dir()) {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
            place(path);
            if path.ends_with("trimmed") {
                // As if the last look at the size lay a day back.
                duct::cmd!("touch", "-h", "-d", "2 days ago", path).run().expect("its time can be set");
            }
            let said = build_that_may_hang(&project);
            assert_eq!(said.status, 0, "{what} at {}\n{}", path.display(), said.stderr);
            works(&project);
        }
    }
}

#[test]
fn an_answer_with_another_value_is_not_believed() {
    let project = Project::hello();
    build(&project);
    let answers = files(&cache(&project).join("goenv"));
    let [answer] = &answers[..] else { panic!("{answers:?}") };
    let text = fs::read_to_string(answer).expect("it is text");
    let other = text.replace("\"GOFLAGS\":\"\"", "\"GOFLAGS\":\"-race\"");
    assert_ne!(text, other);
    fs::write(answer, other).expect("it can be written");
    build(&project);
    assert_eq!(fs::read_to_string(answer).expect("it is text"), text);
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
    let conflict = "<<<<<<< HEAD\nversion = 1\n=======\nversion = 2\n>>>>>>> other\n";
    let huge = "#".repeat(1 << 20) + "\nversion = 99\n";
    let locks: [&[u8]; 8] = [
        b"",
        b"[",
        b"version = 99\n",
        b"version = 1\n[[image]]\nname = 7\n",
        conflict.as_bytes(),
        huge.as_bytes(),
        b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe",
        b"version = \"1\0\"\n",
    ];
    for lock in locks {
        let project = Project::hello().file("gobuild.lock", lock).file("bin/app", OLD);
        let done = project.gobuild(["--target", "alpine:3.20", "-o", "bin/app"]).output();
        let lock = String::from_utf8_lossy(&lock[..lock.len().min(40)]);
        assert_eq!(done.status, 2, "{lock:?}\n{}", done.stderr);
        assert!(done.stderr.contains("gobuild.lock"), "{}", done.stderr);
        assert!(done.stderr.len() < 10_000, "{} bytes are said of it", done.stderr.len());
        assert_eq!(project.read("bin/app"), OLD);
    }
}
