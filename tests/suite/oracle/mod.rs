//! The oracle: binaries of every kind are started in root file systems of every kind, and what happens is
//! held against what gobuild says.
//!
//! | file | what is in it |
//! | --- | --- |
//! | `recipes/` | how each binary is made, as a person would type it |
//! | `programs/` | the sources, and `enter`, which starts a program in a root |
//! | [`recipes`] | the recipes, read |
//! | [`kitchen`] | makes each binary once and keeps it in `.tools/cache` |
//! | [`roots`] | the roots that `scripts/oracle-roots.sh` makes of real packages |
//! | [`reality`] | what the kernel and the loaders do |
//! | [`verdict`] | what gobuild says |
//! | [`matrix`] | every pair of the two |
//! | [`rows`] | what is read of the packages, against the rows of the catalogue |
//! | [`published`] | the same for binaries that nobody here made |
//! | [`cross`] | C code that gobuild has zig make for other architectures |
//! | [`exceptions`] | pairs where gobuild is stricter on purpose, by name |
//!
//! `make test` takes what go and gcc make and every root of this machine's architecture; `make test-matrix`
//! takes everything. The whole matrix is left in `.tools/log/oracle-*.txt`.

mod cross;
mod exceptions;
mod kitchen;
mod matrix;
mod published;
mod reality;
mod recipes;
mod roots;
mod rows;
mod verdict;

use std::fs;

use crate::support::skip::skip;
use crate::support::tools;

use kitchen::Kitchen;
use roots::ROOTS;

pub(crate) use matrix::link;
pub(crate) use reality::{Enter, Question};

/// What starts programs in roots, for others than the oracle.
pub(crate) fn enter() -> Enter {
    Enter::new(&Kitchen::open())
}

/// Why this machine cannot do any of it.
pub(crate) fn missing() -> Option<String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Some("the oracle's binaries and roots are for Linux on amd64".into());
    }
    if which::which("gcc").is_err() || which::which("g++").is_err() {
        return Some("gcc or g++ was not found".into());
    }
    if !tools::fetched("cache/oracle/roots-amd64.complete").is_file() {
        return Some("there are no roots: scripts/tools.sh makes them, on Debian".into());
    }
    None
}

/// Makes, starts, asks and compares; `whole` takes what is left to the matrix as well.
fn consult(whole: bool) {
    if let Some(reason) = missing() {
        skip!("{reason}");
    }
    let kitchen = Kitchen::open();
    let enter = Enter::new(&kitchen);
    let matrix = tools::fetched("cache/oracle/roots-matrix.complete");
    assert!(!whole || matrix.is_file(), "there are no foreign roots: make test-matrix makes them");
    let roots: Vec<_> = ROOTS.iter().filter(|root| whole || !root.matrix).collect();
    let recipes = recipes::all().into_iter().filter(|recipe| whole || !recipe.is_for_matrix());
    let (mut binaries, mut failures) = (Vec::new(), Vec::new());
    for recipe in recipes {
        match kitchen.make(&recipe) {
            Ok(folder) => binaries.push((recipe, folder)),
            Err(words) => failures.push(words),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));

    // The question about this machine alone: may a program be started in a root at all?
    let inside = tempfile::TempDir::new().expect("a temporary folder can be made");
    fs::copy(binaries[0].1.join("app"), inside.path().join("app")).expect("a file can be copied");
    let control = enter.ask(&[Question { root: inside.path(), argv: vec!["/app".into()] }]);
    if control[0].could_not_be_tried() {
        skip!("this machine allows neither chroot nor an unprivileged user namespace: {}", control[0]);
    }
    assert!(control[0].ran(), "a static program in an empty root: {}", control[0]);

    let cells = matrix::fill(&enter, &binaries, &roots);
    let lines: Vec<String> = cells.iter().map(ToString::to_string).collect();
    let name = if whole { "log/oracle-matrix.txt" } else { "log/oracle-test.txt" };
    fs::write(tools::fetched(name), lines.join("\n")).expect("the matrix can be written");
    let complaints = matrix::complaints(&cells);
    let (differ, asked) = (complaints.len(), cells.len());
    assert!(complaints.is_empty(), "{differ} of {asked} pairs:\n{}", complaints.join("\n"));
}

#[test]
fn gobuild_says_what_really_happens() {
    consult(false);
}

#[test]
#[ignore = "zig, qemu and foreign packages: make test-matrix"]
fn gobuild_says_what_really_happens_everywhere() {
    consult(true);
}
