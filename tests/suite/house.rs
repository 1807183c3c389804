//! The direction of the imports: data flows one way, and the pure rooms stay pure.

mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::source::{self, Token};
use crate::support::tools;

/// A room, what it may import, and whether it may touch the world.
struct Room {
    name: &'static str,
    imports: &'static [&'static str],
    pure: bool,
}

const fn pure(name: &'static str, imports: &'static [&'static str]) -> Room {
    Room { name, imports, pure: true }
}

const fn edge(name: &'static str, imports: &'static [&'static str]) -> Room {
    Room { name, imports, pure: false }
}

/// `checks::Build` allows that item alone, `checks` the whole room.
const ROOMS: &[Room] = &[
    pure("error", &[]),
    pure("suggest", &[]),
    pure("origin", &[]),
    pure("platform", &["error", "suggest"]),
    pure("libraries", &[]),
    pure("shell", &[]),
    pure("cli", &["error", "suggest", "platform"]),
    pure("binary", &["error"]),
    pure("image", &["error", "suggest", "platform", "origin", "binary", "shell"]),
    pure("config", &["error", "suggest", "platform", "origin", "cli", "image"]),
    pure("diagnostics", &["error", "suggest", "platform", "origin", "image"]),
    pure(
        "checks",
        &["error", "suggest", "platform", "origin", "binary", "image", "libraries", "diagnostics"],
    ),
    pure("symptoms", &["binary", "diagnostics", "checks"]),
    pure(
        "plan",
        &[
            "error",
            "suggest",
            "platform",
            "origin",
            "cli",
            "config",
            "image",
            "libraries",
            "checks::Build",
            "checks::Stub",
        ],
    ),
    pure(
        "dockerfile",
        &[
            "error", "suggest", "platform", "origin", "cli", "config", "image", "binary", "checks", "plan",
            "shell",
        ],
    ),
    pure(
        "lint",
        &[
            "error",
            "suggest",
            "platform",
            "cli",
            "image",
            "binary",
            "diagnostics",
            "checks",
            "dockerfile",
            "shell",
        ],
    ),
    pure(
        "report",
        &[
            "error",
            "platform",
            "origin",
            "cli",
            "config",
            "image",
            "binary",
            "diagnostics",
            "checks",
            "symptoms",
            "plan",
            "dockerfile",
            "lint",
        ],
    ),
    edge("host", &["error", "platform", "cli", "config", "binary"]),
    edge("cache", &["error", "cli", "host"]),
    edge("cc", &["error", "platform", "origin", "cli", "image", "plan", "host", "cache"]),
    edge("source", &["error", "platform", "cli", "image", "binary", "host"]),
    edge("gocmd", &["error", "origin", "cli", "plan", "host", "cache"]),
    edge(
        "staging",
        &["error", "platform", "cli", "origin", "binary", "checks", "plan", "host", "cache", "gocmd"],
    ),
    edge(
        "ops",
        &[
            "error",
            "suggest",
            "platform",
            "origin",
            "cli",
            "config",
            "image",
            "binary",
            "diagnostics",
            "checks",
            "symptoms",
            "plan",
            "dockerfile",
            "lint",
            "report",
            "host",
            "cache",
            "cc",
            "source",
            "gocmd",
            "staging",
        ],
    ),
    edge("commands", &["error", "cli", "report", "ops"]),
];

/// What a pure room may not name: effects of the standard library, and programs.
const EFFECTS: &[&str] =
    &["std::fs", "std::env", "std::process", "std::net", "duct", "rustix", "tempfile", "which"];
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// Crates that live in some rooms alone.
const AT_HOME: &[(&str, &[&str])] = &[("goblin", &["binary"]), ("duct", &["gocmd", "host", "source"])];

const LONGEST: usize = 400;

/// Everything that is wrong with one file; `path` is relative to `src`.
fn complaints(path: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let shown = path.display();
    let lines = text.lines().count();
    if lines > LONGEST {
        found.push(format!("{shown} has {lines} lines"));
    }
    // Tests are in the file, or in `tests.rs` of the folder that is named after it.
    if text.lines().any(|line| line.trim_start().starts_with("#[path") && line.contains("tests.rs")) {
        found.push(format!("{shown} names its tests by #[path]"));
    }
    let name = source::room_of(path);
    if matches!(name.as_str(), "lib" | "main") {
        return found;
    }
    let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
        found.push(format!("{shown} is in no room of the table"));
        return found;
    };
    let tokens = source::tokens(text);
    for import in source::imports(path, &tokens) {
        let own = source::starts_with(&import, room.name);
        if !own && !room.imports.iter().any(|allowed| source::starts_with(&import, allowed)) {
            found.push(format!("{shown} uses crate::{import}"));
        }
    }
    let paths = source::paths(&tokens);
    for (krate, homes) in AT_HOME {
        if !homes.contains(&room.name) && paths.iter().any(|path| source::starts_with(path, krate)) {
            found.push(format!("{shown} uses {krate}"));
        }
    }
    if room.pure {
        let touched = |effect: &&&str| paths.iter().any(|path| source::starts_with(path, effect));
        found.extend(
            EFFECTS.iter().filter(touched).map(|effect| format!("{shown} is pure and uses {effect}")),
        );
        let macros = tokens.windows(2).filter(|pair| pair[1] == Token::Other('!'));
        let printed = macros.filter_map(|pair| pair[0].word()).filter(|word| PRINTING.contains(word));
        found.extend(printed.map(|word| format!("{shown} is pure and uses {word}!")));
    }
    found
}

/// Every source below `src`, without the files that are compiled for unit tests alone.
fn sources() -> Vec<(PathBuf, String)> {
    fn below(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                below(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let top = tools::checkout().join("src");
    let mut files = Vec::new();
    below(&top, &mut files);
    files.sort();
    let text = |file: &PathBuf| fs::read_to_string(file).expect("the source can be read");
    let all: Vec<(PathBuf, String)> = files
        .iter()
        .map(|file| (file.strip_prefix(&top).expect("below src").to_owned(), text(file)))
        .collect();
    let for_tests: BTreeSet<PathBuf> =
        all.iter().flat_map(|(path, text)| declared_for_tests(path, text)).collect();
    all.into_iter().filter(|(path, _)| !for_tests.contains(path)).collect()
}

/// The files that a source declares for unit tests: beside a `mod.rs`, else in the folder of the file's name.
fn declared_for_tests(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = if path.ends_with("mod.rs") || path.ends_with("lib.rs") {
        path.parent().unwrap_or(Path::new("")).to_owned()
    } else {
        path.with_extension("")
    };
    source::test_files(text).iter().map(|file| folder.join(file)).collect()
}

#[test]
fn data_flows_one_way() {
    let sources = sources();
    assert!(sources.len() > ROOMS.len(), "the sources were found");
    let found: Vec<String> = sources.iter().flat_map(|(path, text)| complaints(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_table_has_no_circle_among_whole_rooms() {
    // A room may import only what stands above it; single items (`checks::Build`) are what both share.
    for (index, room) in ROOMS.iter().enumerate() {
        let later = &ROOMS[index..];
        let wrong = room.imports.iter().find(|import| later.iter().any(|other| other.name == **import));
        assert!(wrong.is_none(), "{}: {wrong:?}", room.name);
    }
}

#[test]
fn the_scanner_sees_what_it_should() {
    let said = |path: &str, text: &str| complaints(Path::new(path), text);
    assert_eq!(said("binary/elf.rs", "use crate::error::Error;"), Vec::<String>::new());
    assert_eq!(said("binary/elf.rs", "use crate::image::Image;"), ["binary/elf.rs uses crate::image::Image"]);
    assert_eq!(
        said("checks/gb101.rs", "use crate::{binary::Elf, image, host::File};"),
        ["checks/gb101.rs uses crate::host::File"]
    );
    assert_eq!(said("checks/gb101.rs", "fn f() { super::super::plan::make() }").len(), 1);
    assert_eq!(said("checks/gb101.rs", "use super::Outcome;"), Vec::<String>::new());
    assert_eq!(said("image/mod.rs", "use super::gocmd;"), ["image/mod.rs uses crate::gocmd"]);
    assert_eq!(said("image/facts.rs", "use crate::origin::Origin;"), Vec::<String>::new());
    assert_eq!(said("image/facts.rs", "use crate::config::file::File;").len(), 1);
    assert_eq!(
        said("plan/env.rs", "use std::{collections::BTreeMap, env};"),
        ["plan/env.rs is pure and uses std::env"]
    );
    assert_eq!(said("plan/env.rs", "fn f() { println!(\"x\") }"), ["plan/env.rs is pure and uses println!"]);
    assert_eq!(
        said("plan/env.rs", "// std::fs\n/// [`crate::gocmd`]\nconst X: &str = \"std::env println!\";").len(),
        0
    );
    assert_eq!(said("plan/env.rs", "#[cfg(test)]\nmod tests { use std::fs; }").len(), 0);
    assert_eq!(
        said("plan/mod.rs", "#[cfg(test)]\nmod cases;\nuse std::fs;"),
        ["plan/mod.rs is pure and uses std::fs"]
    );
    assert_eq!(
        declared_for_tests(Path::new("plan/mod.rs"), "#[cfg(test)]\nmod cases;"),
        [Path::new("plan/cases.rs")]
    );
    assert_eq!(said("staging/x.rs", "use goblin::elf;"), ["staging/x.rs uses goblin"]);
    assert_eq!(
        said("plan/x.rs", "#[path = \"x_tests.rs\"]\nmod tests;"),
        ["plan/x.rs names its tests by #[path]"]
    );
    assert_eq!(said("attic/x.rs", ""), ["attic/x.rs is in no room of the table"]);
    assert_eq!(said("binary/elf.rs", &"\n".repeat(LONGEST + 1)), ["binary/elf.rs has 401 lines"]);
}
