//! Lines that are read without a description of every verb.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::any_line::word;
use super::*;

/// Every form of a `go build` line behind a target, but for what may be a flag of another verb's, or a verb.
#[test]
fn plain_lines_need_no_description_of_every_verb() {
    let mut others = BTreeSet::new();
    for (line, ..) in FORMS {
        for front in [&["--target", "alpine", "--quiet"][..], &["plan", "--platform=linux/arm64"]] {
            let words = words(&[front, line].concat());
            match quick::parse(&words) {
                Some(typed) => assert_eq!(typed, whole(&words).unwrap(), "{words:?}"),
                None => _ = others.insert(*line),
            }
        }
    }
    assert_eq!(others, [&["-"][..], &["---x"], &["-unknown=value", "--also"]].into());
    for line in [&["verify", "--target", "debian:12", "rpc"][..], &["verify", "--all", "a", "b"], &["build"]]
    {
        let line = words(line);
        assert_eq!(quick::parse(&line), Some(whole(&line).unwrap()), "{line:?}");
    }
}

proptest! {
    /// What is read without the whole description is what the whole description reads.
    #[test]
    fn a_plain_line_says_the_same_to_both(line in prop::collection::vec(word(), 0..7)) {
        if let Some(typed) = quick::parse(&line) {
            prop_assert_eq!(whole(&line).map_err(|error| error.message), Ok(typed));
        }
    }
}
