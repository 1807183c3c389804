//! Verbs of gobuild's, of go's and of nobody's.

use super::*;

#[test]
fn a_verb_of_gos_is_gos_with_all_that_stands_behind_it() {
    let typed = |line: &[&str]| match read(line) {
        Typed { verb: Verb::Go(words), common } => (words, common.go),
        other => panic!("{line:?} is not go's: {other:?}"),
    };
    for line in [&["test", "./...", "--target", "x", "--help"][..], &["env"], &["help", "mod"]] {
        assert_eq!(typed(line), (words(line), None), "{line:?}");
        let in_front = [&["--target", "alpine", "--go=/go"], line].concat();
        assert_eq!(typed(&in_front), (words(line), Some("/go".into())), "{line:?}");
    }
    assert_eq!(build(&["-v", "test"]).line.packages, words(&["test"]), "behind a flag it is a package");
    assert_eq!(refused(&["--targt", "alpine", "test"]).message, "unknown flag `--targt`");
    assert!(printed(&["--version", "test"]).starts_with("gobuild "));
    assert_eq!(refused(&["install", "./..."]).message, "gobuild does not wrap `go install`");
}

#[test]
fn a_word_that_is_a_verb_of_nobodys_is_answered_with_the_nearest_of_both() {
    let help = |word: &str| refused(&["--quiet", word, "x"]).help;
    let package = |word: &str| format!("if it is a package: gobuild -o bin/ ./{word}");
    assert_eq!(refused(&["verfy"]).message, "neither gobuild nor go has a command `verfy`");
    assert_eq!(help("verfy"), ["did you mean `gobuild verify`?".to_owned(), package("verfy")]);
    assert_eq!(help("tset"), ["did you mean `gobuild test`?".to_owned(), package("tset")]);
    let both = ["did you mean `gobuild man`?", "did you mean `gobuild run`?"].map(str::to_owned);
    assert_eq!(help("mun"), [&both[..], &[package("mun")]].concat());
    assert_eq!(help("rpc"), [package("rpc")]);
    for package in ["./rpc", "main.go", "example.com/rpc", "all", "std", ""] {
        assert_eq!(build(&[package]).line.packages, words(&[package]));
    }
    assert_eq!(build(&["build", "rpc"]).line.packages, words(&["rpc"]));
}
