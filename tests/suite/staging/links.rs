//! go links when there is something to link, and not because of staging.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

use gobuild::gocmd::Status;
use gobuild::gocmd::packages::{Listed, mains};
use gobuild::gocmd::signals::Signals;
use gobuild::staging::route::Route;

use super::{Handed, Module, start};
use crate::support::skip::skip;

const BROKEN: &str = "package main\n\nfunc main() { nothing() }\n";
const HELLO: &str = "package main\n\nfunc main() { println(\"hello\") }\n";
const LIBRARY: &str = "package lib\n";

fn two() -> Option<Module> {
    Module::new(&[("cmd/a/main.go", HELLO), ("cmd/b/main.go", HELLO), ("lib/lib.go", LIBRARY)])
}

#[test]
fn with_nothing_to_do_nothing_is_linked_or_copied_and_the_output_is_touched() {
    let Some(module) = two() else { return };
    let route = Route::File(module.output("rpc"));
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", true, &Handed::Copied)]);
    let path = module.dir().join("rpc");
    let first = fs::metadata(&path).unwrap();
    assert!(start(&path, |program| program.stderr_null()).wait().is_ok());
    let past = SystemTime::now() - Duration::from_secs(1000);
    for _ in 0..2 {
        assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", false, &Handed::Touched)]);
        let now = fs::metadata(&path).unwrap();
        assert_eq!(now.ino(), first.ino());
        assert!(now.modified().unwrap() > past);
    }
    // Anything done to the output from outside, and it is another file.
    fs::File::options().write(true).open(&path).unwrap().set_modified(past).unwrap();
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", false, &Handed::Copied)]);
    assert!(fs::metadata(&path).unwrap().modified().unwrap() > past);
    fs::remove_file(&path).unwrap();
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", false, &Handed::Copied)]);
}

#[test]
fn two_outputs_do_not_link_for_each_other() {
    let Some(module) = two() else { return };
    let one = Route::File(module.output("out/one"));
    let two = Route::File(module.output("out/two"));
    for linked in [true, false, false] {
        for (route, flag) in [(&one, "-ldflags="), (&two, "-ldflags=-s")] {
            assert_eq!(module.build(route, &[flag, "./cmd/a"]).files[0].0.fresh, linked);
        }
    }
}

#[test]
fn two_packages_in_turn_without_an_output_do_not_link_for_each_other() {
    let Some(module) = two() else { return };
    let route = Route::Named(module.output(""));
    for linked in [true, false, false] {
        for name in ["a", "b"] {
            let built = module.build(&route, &[&format!("./cmd/{name}")]);
            let names: Vec<_> = built.summary().iter().map(|row| (row.0, row.1)).collect();
            assert_eq!(names, [(name, linked)]);
            assert!(module.dir().join(name).is_file());
        }
    }
}

#[test]
fn a_folder_gets_every_program() {
    let Some(module) = two() else { return };
    let route = Route::Folder(module.output("bin/"));
    for (linked, handed) in [(true, Handed::Copied), (false, Handed::Touched)] {
        let built = module.build(&route, &["./..."]);
        assert_eq!(built.summary(), [("a", linked, &handed), ("b", linked, &handed)]);
    }
    assert!(module.dir().join("bin/b").is_file());
}

#[test]
fn a_module_that_embeds_its_root_is_not_embedding_the_stage() {
    let main =
        "package main\n\nimport \"embed\"\n\n//go:embed *\nvar files embed.FS\n\nfunc main() { _ = files }\n";
    let Some(module) = Module::new(&[("main.go", main)]) else { return };
    let before: Vec<_> =
        fs::read_dir(module.dir()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    let route = Route::File(module.output("../rpc"));
    for linked in [true, false, false] {
        assert_eq!(module.build(&route, &["."]).files[0].0.fresh, linked);
    }
    let after: Vec<_> =
        fs::read_dir(module.dir()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(before, after);
}

#[test]
fn a_staged_file_that_somebody_changed_is_made_anew() {
    let Some(module) = two() else { return };
    let route = Route::File(module.output("rpc"));
    module.build(&route, &["./cmd/a"]);
    let staged = module.stage(&route).folder().join("rpc");
    let good = fs::read(&staged).unwrap();
    // Cut in half it still has Go's build ID, and go would call it up to date.
    fs::File::options().write(true).open(&staged).unwrap().set_len(good.len() as u64 / 2).unwrap();
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", true, &Handed::Copied)]);
    assert_eq!(fs::read(module.dir().join("rpc")).unwrap(), good);
    // A stranger's file is not published either.
    fs::write(staged.with_file_name("other"), "text").unwrap();
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", false, &Handed::Touched)]);
    assert!(!staged.with_file_name("other").exists());
}

#[test]
fn a_build_that_fails_changes_nothing_and_costs_no_link_later() {
    let Some(module) = two() else { return };
    let route = Route::File(module.output("rpc"));
    module.build(&route, &["./cmd/a"]);
    let before = fs::read(module.dir().join("rpc")).unwrap();
    module.write("cmd/a/main.go", BROKEN);
    let failed = module.build(&route, &["./cmd/a"]);
    assert_eq!((failed.ended.status, failed.files.len()), (Status::Exit(1), 0));
    assert_eq!(fs::read(module.dir().join("rpc")).unwrap(), before);
    module.write("cmd/a/main.go", HELLO);
    assert_eq!(module.build(&route, &["./cmd/a"]).summary(), [("rpc", false, &Handed::Touched)]);
}

#[test]
fn for_a_library_without_an_output_gos_complaint_is_held_back() {
    let Some(module) = two() else { return };
    let built = module.build(&Route::Named(module.output("")), &["./lib"]);
    assert!(built.ended.held_back && !built.ended.success() && built.files.is_empty());
    let built = module.build(&Route::Named(module.output("")), &["./cmd/a"]);
    assert!(!built.ended.held_back);
}

#[test]
fn a_library_for_c_brings_its_header() {
    let add = "package main\n\nimport \"C\"\n\n//export Add\nfunc Add(a, b C.int) C.int { return a + b }\n\nfunc main() {}\n";
    let Some(mut module) = Module::new(&[("main.go", add)]) else { return };
    if which::which_in("gcc", super::own_variable("PATH"), "/").is_err() {
        skip!("c-shared needs gcc");
    }
    module.env.insert("CGO_ENABLED".into(), "1".into());
    let route = Route::File(module.output("out/libadd.so"));
    for linked in [true, false] {
        let built = module.build(&route, &["-buildmode=c-shared", "."]);
        // go writes the header every time.
        let rows: Vec<_> = built.summary().iter().map(|row| (row.0, row.1)).collect();
        assert_eq!(rows, [("libadd.h", true), ("libadd.so", linked)]);
    }
    assert!(fs::read_to_string(module.dir().join("out/libadd.h")).unwrap().contains("extern int Add"));
}

#[test]
fn packages_are_counted_as_go_build_counts_them() {
    let Some(module) = two() else { return };
    module.write("other/a/main.go", HELLO);
    module.write("tests/only_test.go", "package tests\n");
    let list = |pattern: &str| {
        mains(&module.invocation(&[]), &[], &[pattern.into()], super::unheard(&Signals::none())).unwrap()
    };
    let all = list("./...");
    assert!(
        matches!(&all, Listed::Matched { packages: 5, compiled: 4, mains } if mains.len() == 3),
        "{all:?}"
    );
    assert_eq!(all.collisions()["a"], ["example.org/m/cmd/a", "example.org/m/other/a"]);
    assert_eq!(all.written(), None);
    assert_eq!(list("./cmd/a/...").written().unwrap().name, "a");
    assert!(
        matches!(list("./nothing"), Listed::Failed { status: Status::Exit(1), messages } if !messages.is_empty())
    );
}
