//! What the libraries of this system have for others, held against readelf.

use super::programs::gcc;
use crate::support::skip::skip;
use gobuild::binary::elf::{Binding, definitions, exports, undefined};
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

/// Each definition with its version, as readelf has them: `memcpy@V` where it was superseded, `memcpy@@V`.
#[test]
fn the_version_of_what_a_library_has() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("versions"), "V_1 { global: one; }; V_2 { global: two; } V_1;\n")
        .unwrap();
    let text = "int old(void) { return 1; } int new(void) { return 2; } int two = 2;\n\
        __asm__(\".symver old,one@V_1\"); __asm__(\".symver new,one@@V_2\");\n";
    let script = format!("-Wl,--version-script={}", folder.path().join("versions").display());
    let path = gcc(folder.path(), "lib.so", text, &["-shared", "-fPIC", &script]);
    let mut ours = BTreeSet::new();
    let faults = definitions(&std::fs::read(&path).unwrap()[..], |one| {
        let mark = if one.superseded { "@" } else { "@@" };
        ours.insert(
            one.version.map_or_else(|| one.name.clone(), |version| format!("{}{mark}{version}", one.name)),
        );
    });
    assert_eq!(faults.unwrap(), [""; 0]);
    let text = duct::cmd!("readelf", "--dyn-syms", "-W", &path).env("LC_ALL", "C").read().unwrap();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let defined = lines
        .filter(|words| words.len() == 8 && words[0] != "Num:" && words[6] != "UND" && words[3] != "NOTYPE");
    // The versions themselves are symbols at address 0.
    let defined = defined.filter(|words| words[1].bytes().any(|digit| digit != b'0'));
    assert_eq!(ours, defined.map(|words| words[7].to_owned()).collect());
    assert!(["one@V_1", "one@@V_2", "two@@V_2"].iter().all(|name| ours.contains(*name)), "{ours:?}");
}

#[test]
fn when_a_symbol_is_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let text = "int called(void); int taken(void); extern int data; int (*pointer)(void) = taken;\n\
        int use(void) { return called() + data; }\n";
    let of = |name: &str, flags: &[&str]| {
        let arguments = [&["-shared", "-fPIC", "-O2"], flags].concat();
        let path = gcc(folder.path(), name, text, &arguments);
        let wanted = undefined(&std::fs::read(path).unwrap()[..]).unwrap();
        let own = wanted.undefined.into_iter().filter(|one| !one.weak);
        own.map(|one| (one.name, one.binding)).collect::<BTreeMap<_, _>>()
    };
    let all = |called| [("called", called), ("data", Binding::Start), ("taken", Binding::Start)];
    let all = |called| all(called).map(|(name, binding)| (name.to_owned(), binding)).into();
    assert_eq!(of("lazy.so", &["-Wl,-z,lazy"]), all(Binding::Call));
    assert_eq!(of("now.so", &["-Wl,-z,now"]), all(Binding::Start));
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

/// A number of 64 bits, and a new one in its place.
fn word(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u64) {
    bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
}

/// Moves the string table behind everything else and crosses out the old one, as `patchelf` does with
/// libraries in Python's wheels. Behind the symbols there is then a hole that no table accounts for.
fn with_moved_strings(bytes: &mut Vec<u8>) {
    const MOVED: u64 = 0x10_0000;
    let header = |index: usize| usize::try_from(word(bytes, 32)).unwrap() + 56 * index;
    let headers: Vec<_> = (0..usize::from(bytes[56])).map(header).collect();
    let of_kind = |kind: u32| headers.iter().copied().find(|at| bytes[*at..*at + 4] == kind.to_le_bytes());
    let (dynamic, spare) = (of_kind(2).unwrap(), of_kind(0x6474_e551).unwrap());
    let start = usize::try_from(word(bytes, dynamic + 8)).unwrap();
    let entries = (start..).step_by(16).take_while(|at| word(bytes, *at) != 0);
    let entries: Vec<_> = entries.map(|at| (word(bytes, at), at + 8)).collect();
    let entry = |tag: u64| entries.iter().find(|entry| entry.0 == tag).unwrap().1;
    let strings = usize::try_from(word(bytes, entry(5))).unwrap();
    let size = usize::try_from(word(bytes, entry(10))).unwrap();
    put(bytes, entry(5), MOVED);
    let end = bytes.len().next_multiple_of(4096);
    let copy = bytes[strings..strings + size].to_vec();
    // The first segment is mapped from the start of the file to address 0.
    bytes[strings..strings + size].fill(b'X');
    bytes.resize(end, 0);
    bytes.extend(copy);
    bytes[spare..spare + 4].copy_from_slice(&1_u32.to_le_bytes());
    for (field, value) in [(8, end as u64), (16, MOVED), (24, MOVED), (32, size as u64), (40, size as u64)] {
        put(bytes, spare + field, value);
    }
}

#[test]
fn a_hole_behind_the_symbols() {
    if !cfg!(all(target_pointer_width = "64", target_endian = "little")) {
        skip!("the file that is changed by hand has to be of 64 bits, little endian");
    }
    let folder = tempfile::tempdir().unwrap();
    let text =
        "#include <stdio.h>\nint one; int *two = &one; int three(void) { return puts(\"\") + getchar(); }\n";
    let arguments = ["-shared", "-fPIC", "-Wl,--hash-style=gnu"];
    let path = gcc(folder.path(), "lib.so", text, &arguments);
    let whole = std::fs::read(&path).unwrap();
    let (wanted, offered) = (undefined(&whole[..]).unwrap(), exports(&whole[..]).unwrap());
    assert!(wanted.undefined.iter().any(|symbol| symbol.name == "getchar"), "{wanted:?}");
    let main = "int three(void); int main() { return three() == 77; }";
    let main = gcc(folder.path(), "run", main, &[path.to_str().unwrap()]);
    let mut moved = whole.clone();
    with_moved_strings(&mut moved);
    // The loader takes it too.
    std::fs::write(&path, &moved).unwrap();
    duct::cmd!(main).stdin_bytes("").stdout_null().run().unwrap();
    assert_eq!((undefined(&moved[..]).unwrap(), exports(&moved[..]).unwrap()), (wanted, offered));
}
