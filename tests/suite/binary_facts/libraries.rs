//! What the libraries of this system have for others, held against readelf.

use super::programs::gcc;
use gobuild::binary::elf::exports;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The libraries beside the C library; large ones only cost time.
fn libraries() -> Vec<PathBuf> {
    let libc = duct::cmd!("gcc", "-print-file-name=libc.so.6").read().unwrap();
    let folder = Path::new(&libc).parent().unwrap().read_dir().unwrap();
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let size = std::fs::metadata(path).map_or(0, |file| file.len());
        name.contains(".so") && (64..3 << 20).contains(&size) && !path.is_symlink()
    });
    let mut files: Vec<_> =
        files.filter(|path| std::fs::read(path).unwrap().starts_with(b"\x7fELF")).collect();
    files.sort();
    files.truncate(400);
    files
}

/// What readelf says of each: names that can be found, those of indirect functions with a `*` in front.
fn by_readelf(files: &[PathBuf]) -> BTreeMap<PathBuf, BTreeSet<String>> {
    let words = ["--dyn-syms", "-W"].into_iter().map(Path::new).chain(files.iter().map(PathBuf::as_path));
    let text = duct::cmd("readelf", words).env("LC_ALL", "C").stderr_null().unchecked().read().unwrap();
    let mut all = BTreeMap::new();
    let mut names = &mut BTreeSet::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("File: ") {
            names = all.entry(PathBuf::from(path)).or_default();
        }
        let line = line.replace("<OS specific>: 10", "UNIQUE");
        let words: Vec<_> = line.split_whitespace().collect();
        let [_, value, _, kind, binding, _, section, name] = words[..] else {
            continue;
        };
        let kinds = ["NOTYPE", "OBJECT", "FUNC", "COMMON", "TLS", "IFUNC"];
        if !kinds.contains(&kind) || !["GLOBAL", "WEAK", "UNIQUE"].contains(&binding) || section == "UND" {
            continue;
        }
        let zero = value.bytes().all(|digit| digit == b'0');
        let old = name.contains('@') && !name.contains("@@");
        if (!zero || kind == "TLS") && !old {
            let name = name.split('@').next().unwrap();
            names.insert(format!("{}{name}", if kind == "IFUNC" { "*" } else { "" }));
        }
    }
    all
}

#[test]
fn what_a_library_has_for_others() {
    let files = libraries();
    assert!(files.len() >= 10, "{files:?}");
    let theirs = by_readelf(&files);
    let mut total = 0;
    for path in &files {
        let found = exports(&std::fs::read(path).unwrap()[..]).unwrap();
        assert_eq!(found.inconsistencies, [""; 0], "{}", path.display());
        let indirect = found.indirect.iter().map(|name| format!("*{name}"));
        let ours: BTreeSet<_> = found.names.iter().cloned().chain(indirect).collect();
        // Of a single file readelf does not give the name, so there are at least two here.
        assert_eq!(ours, theirs[path], "{}", path.display());
        total += ours.len();
    }
    assert!(total > 3000, "{total} names in {} files", files.len());
}

/// Either hash table leads to all names, and a program that has none for others has none.
#[test]
fn every_kind_of_hash_table() {
    let folder = tempfile::tempdir().unwrap();
    let text = "#include <stdio.h>\nint one; __thread int two; int three(void) { return puts(\"\"); }\n\
        static int four = 4; __attribute__((visibility(\"hidden\"))) int five = 5; int *six(void) { return &four; }\n";
    for style in ["sysv", "gnu", "both"] {
        let output = format!("{style}.so");
        let path =
            gcc(folder.path(), &output, text, &["-shared", "-fPIC", &format!("-Wl,--hash-style={style}")]);
        let found = exports(&std::fs::read(path).unwrap()[..]).unwrap();
        let names: Vec<_> =
            found.names.iter().map(String::as_str).filter(|name| !name.starts_with('_')).collect();
        assert_eq!(names, ["one", "six", "three", "two"], "{style}");
    }
    let path = gcc(folder.path(), "run", "int main() { return 0; }", &[]);
    let found = exports(&std::fs::read(path).unwrap()[..]).unwrap();
    assert!(!found.names.contains("main"), "{found:?}");
}
