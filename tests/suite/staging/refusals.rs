//! What is refused before building is what the real go refuses, in its words.

use std::ffi::OsStr;
use std::fs;

use gobuild::staging::output::Output;
use gobuild::staging::refusal;
use gobuild::staging::route::{Pending, counted};

use super::Module;

const HELLO: &str = "package main\n\nfunc main() {}\n";

/// What go says for `-o typed`, without the package in front, and its exit status.
fn go_says(module: &Module, typed: &str, packages: &[&str]) -> (Option<i32>, String) {
    let args: Vec<&str> = ["build", "-o", typed].into_iter().chain(packages.iter().copied()).collect();
    let run =
        duct::cmd(&module.go, args).dir(module.dir()).full_env(&module.env).stderr_capture().unchecked();
    let output = run.run().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let text = text.trim_end().replace("example.org/m/a: go build example.org/m/a: ", "go: ");
    (output.status.code(), text)
}

#[test]
fn the_words_and_the_status_are_gos() {
    let Some(module) = Module::new(&[("a/main.go", HELLO), ("b/main.go", HELLO)]) else { return };
    module.write("notes", "hello");
    module.write("q\"uo\te\u{e9}", "hello");
    module.write("out/a/x", "");
    for typed in ["notes", "q\"uo\te\u{e9}", "notes/x", "notes/y/x"] {
        let refused = refusal::file(&module.output(typed)).unwrap();
        assert_eq!(
            (Some(i32::from(refusal::STATUS)), refused.0),
            go_says(&module, typed, &["./a"]),
            "{typed}"
        );
    }
    for typed in ["notes/", "notes/y/"] {
        let refused = refusal::folder(&module.output(typed)).unwrap();
        assert_eq!((Some(1), refused.0), go_says(&module, typed, &["./a"]), "{typed}");
    }
    let inside = module.output("./out/").inside(OsStr::new("a"));
    assert_eq!((Some(1), refusal::file(&inside).unwrap().0), go_says(&module, "./out/", &["./a"]));
    let several = counted(Pending::File(module.output("x")), 2, 2, false).unwrap_err();
    assert_eq!((Some(1), several.0), go_says(&module, "x", &["./a", "./b"]));
}

#[test]
fn what_go_replaces_is_not_refused() {
    let Some(module) = Module::new(&[("a/main.go", HELLO)]) else { return };
    module.write("empty", "");
    fs::write(module.dir().join("program"), b"\x7fELF rest").unwrap();
    for typed in ["empty", "program", "missing", "deep/er/missing"] {
        assert_eq!(refusal::file(&Output::new(OsStr::new(typed), &module.dir())), None, "{typed}");
        assert_eq!(go_says(&module, typed, &["./a"]).0, Some(0), "{typed}");
    }
}
