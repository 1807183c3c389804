//! No file needs one that needs it, however many stand between: what is read first can be understood first.
//!
//! A `mod.rs` and the files below it are one concern: a type stands beside its dispatcher. So the way from a file to
//! a `mod.rs` above it counts as none; a name that is taken from a `mod.rs` counts as taken from the file that it is
//! passed on from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::source;

/// The module that a file is: `a/b.rs` and `a/b/mod.rs` are `a::b`.
fn module(path: &Path) -> String {
    let path = if path.ends_with("mod.rs") {
        path.parent().unwrap_or(path).to_owned()
    } else {
        path.with_extension("")
    };
    let parts: Vec<_> =
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("::")
}

/// The paths that a file names inside this crate, from its top.
fn named(module: &str, is_folder: bool, tokens: &[source::Token]) -> Vec<String> {
    let own: Vec<&str> = module.split("::").collect();
    let from_top = |path: String| -> Option<String> {
        if let Some(rest) = path.strip_prefix("crate::") {
            return Some(rest.to_owned());
        }
        let parts: Vec<&str> = path.split("::").collect();
        let ups = parts.iter().take_while(|part| **part == "super").count();
        if ups > 0 && ups <= own.len() {
            let above = own[..own.len() - ups].iter().chain(&parts[ups..]);
            return Some(above.copied().collect::<Vec<_>>().join("::"));
        }
        // A child by its name.
        let child = parts.len() > 1 && is_folder;
        child.then(|| own.iter().chain(&parts).copied().collect::<Vec<_>>().join("::"))
    };
    source::paths(tokens).into_iter().filter_map(from_top).collect()
}

/// Every circle, each as the modules in it.
fn circles(sources: &[(PathBuf, String)]) -> Vec<Vec<String>> {
    let modules: BTreeSet<String> = sources.iter().map(|(path, _)| module(path)).collect();
    let deepest = |path: &str| -> Option<String> {
        let mut path = path;
        while !modules.contains(path) {
            path = path.rsplit_once("::")?.0;
        }
        Some(path.to_owned())
    };
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources {
        let is_folder = path.ends_with("mod.rs");
        names.insert(module(path), named(&module(path), is_folder, &source::tokens(text)));
    }
    // What a `mod.rs` passes on: the name in it, and the file that it comes from.
    let passed_on: BTreeMap<String, String> = names
        .iter()
        .flat_map(|(of, paths)| {
            let below = format!("{of}::");
            let child = paths.iter().filter(move |path| path.starts_with(&below));
            let deepest = &deepest;
            child.filter_map(move |path| {
                let from = deepest(path).filter(|from| from != of)?;
                let last = path.rsplit("::").next()?;
                Some((format!("{of}::{last}"), from))
            })
        })
        .collect();
    let leads: BTreeMap<&str, BTreeSet<String>> = names
        .iter()
        .map(|(of, paths)| {
            let to = paths.iter().filter_map(|path| {
                let parts: Vec<&str> = path.split("::").collect();
                let passed =
                    (2..=parts.len()).rev().find_map(|end| passed_on.get(&parts[..end].join("::")).cloned());
                passed.or_else(|| deepest(path))
            });
            let apart = |to: &String| to != of && !of.starts_with(&format!("{to}::"));
            (of.as_str(), to.filter(apart).collect())
        })
        .collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for start in leads.keys() {
        if found.iter().any(|circle| circle.iter().any(|one| one == start)) {
            continue;
        }
        let reached = reach(start, &leads);
        if reached.contains(*start) {
            let round = reached.iter().filter(|one| reach(one, &leads).contains(*start));
            found.push(round.cloned().collect());
        }
    }
    found
}

/// Everything that one module needs, itself only where it is needed by what it needs.
fn reach(start: &str, leads: &BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = leads.get(start).into_iter().flatten().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next.clone()) {
            open.extend(leads.get(next.as_str()).into_iter().flatten());
        }
    }
    reached
}

#[test]
fn no_file_needs_one_that_needs_it() {
    let found: Vec<String> = circles(&super::sources()).iter().map(|circle| circle.join(", ")).collect();
    assert!(found.is_empty(), "files that need each other:\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_seen_and_a_type_beside_its_dispatcher_is_none() {
    let made = |files: &[(&str, &str)]| {
        circles(
            &files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect::<Vec<_>>(),
        )
    };
    let pair =
        [("a/x.rs", "use super::y::Y;"), ("a/y.rs", "use crate::a::x::X;"), ("a/mod.rs", "mod x;\nmod y;")];
    assert_eq!(made(&pair), [["a::x", "a::y"]]);
    // Through a name that mod.rs passes on.
    let passed = [
        ("a/x.rs", "use super::Y;"),
        ("a/y.rs", "use super::X;"),
        ("a/mod.rs", "pub use x::X;\npub use y::Y;"),
    ];
    assert_eq!(made(&passed), [["a::x", "a::y"]]);
    let rooms = [("a/mod.rs", "use crate::b::B;"), ("b.rs", "use crate::a::A;")];
    assert_eq!(made(&rooms), [["a", "b"]]);
    let beside = [("a/mod.rs", "mod x;\npub struct T;\nfn f() { x::g() }"), ("a/x.rs", "use super::T;")];
    assert_eq!(made(&beside), Vec::<Vec<String>>::new());
}
