//! Functions that are linked in, held against `go tool nm`.

use super::cost::Counted;
use super::linux::without_section_headers;
use super::programs::{Program, gcc, go};
use gobuild::binary::{Functions, Seen, contains, functions};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

/// Asks for everything that its image would have to have.
const TEXT: &str = "package main\n\nimport (\n\t\"os\"\n\t\"os/user\"\n\t\"time\"\n)\n\n\
    func main() {\n\tprintln(os.TempDir())\n\t_, err := time.LoadLocation(os.Args[1])\n\tprintln(err)\n\
    \t_, err = user.Current()\n\tprintln(err)\n}\n";

const WANTED: [&str; 8] = [
    "time.LoadLocation",
    "os.TempDir",
    "os/user.Current",
    "os/user.",
    "time/tzdata.loadFromEmbeddedTZData",
    "crypto/x509.loadSystemRoots",
    "net.",
    "user.",
];

/// The names that are there, for a program that is known to have the table.
#[track_caller]
pub(super) fn present(bytes: &[u8], wanted: &[&str]) -> Vec<String> {
    match functions(bytes, wanted).unwrap() {
        Functions::Present(found) => found.into_iter().collect(),
        other => panic!("{other:?}"),
    }
}

/// Go's own functions by the symbol table of a file that has one.
fn by_nm(path: &Path) -> Vec<String> {
    let text = go(&[], &["tool", "nm", path.to_str().unwrap()]).read().unwrap();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let functions = lines.filter(|words| words.len() == 3 && words[1].eq_ignore_ascii_case("t"));
    // The suffix tells two calling conventions apart in the symbol table alone. Comparisons of types, marks
    // of the linker and what has no package are not functions of Go.
    let names = functions.map(|words| words[2].trim_end_matches(".abi0").to_owned());
    let others = ["type:", "runtime.text", "runtime.etext"];
    names.filter(|name| name.contains('.') && !others.iter().any(|other| name.starts_with(other))).collect()
}

/// Of the names that nm knows all are found, in the whole file and in one without symbols and without
/// section headers; of the same names with a letter more or less none is.
#[test]
fn every_function_that_nm_knows() {
    let program = Program::new(&[("main.go", TEXT)]);
    let whole = program.build("whole", &[("CGO_ENABLED", "0")], &[]);
    let names = by_nm(&whole);
    assert!(names.len() > 1500, "{}", names.len());
    let all: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let off =
        |name: &String| [format!("{name}\u{1}"), name[1..].to_owned(), name[..name.len() - 1].to_owned()];
    let off: Vec<String> = names.iter().flat_map(off).collect();
    let stripped = program.path("stripped");
    duct::cmd!("strip", "-o", &stripped, &whole).run().unwrap();
    for bytes in [
        std::fs::read(&whole).unwrap(),
        std::fs::read(&stripped).unwrap(),
        without_section_headers(&stripped),
    ] {
        let wanted: Vec<_> = all.iter().copied().collect();
        let found = present(&bytes, &wanted);
        let missing: Vec<_> = all.iter().filter(|name| !found.iter().any(|found| found == *name)).collect();
        assert_eq!(missing, [&""; 0]);
        // Long names alone are looked for in another way.
        let long: Vec<_> = wanted.iter().copied().filter(|name| name.len() > 11).collect();
        assert!(long.len() > 1000 && long.len() < wanted.len(), "{}", long.len());
        assert_eq!(present(&bytes, &long), long);
        // What is there after all is a function that was inlined, or a package.
        let wanted: Vec<&str> = off
            .iter()
            .map(String::as_str)
            .filter(|name| !all.contains(name) && !name.ends_with('.'))
            .collect();
        let table = duct::cmd!("objcopy", "-O", "binary", "-j", ".gopclntab", &whole, program.path("table"));
        table.run().unwrap();
        let table = std::fs::read(program.path("table")).unwrap();
        let names: BTreeSet<&[u8]> = table.split(|byte| *byte == 0).collect();
        for name in present(&bytes, &wanted) {
            assert!(names.contains(name.as_bytes()), "{name}");
        }
    }
}

/// The same answers everywhere, with inlining (`os.TempDir` is nowhere a function of its own) and without
/// symbols; every other architecture has a smaller program.
#[test]
fn what_is_inlined_counts_on_every_system() {
    let program = Program::new(&[("main.go", TEXT)]);
    for (system, arch) in [("linux", "amd64"), ("linux", "mips"), ("windows", "amd64"), ("darwin", "arm64")] {
        let path = program.build_pure("out", system, arch, &[]);
        let expected = ["os.TempDir", "os/user.", "os/user.Current", "time.LoadLocation"];
        assert_eq!(present(&std::fs::read(&path).unwrap(), &WANTED), expected, "{system}/{arch}");
    }
    let path = program.build_pure("pie", "linux", "amd64", &["-buildmode=pie"]);
    assert_eq!(present(&std::fs::read(&path).unwrap(), &WANTED).len(), 4);
    let path = program.build_pure("zones", "linux", "amd64", &["-tags=timetzdata"]);
    let found = present(&std::fs::read(&path).unwrap(), &WANTED);
    assert!(found.contains(&"time/tzdata.loadFromEmbeddedTZData".to_owned()), "{found:?}");
}

/// A C compiler's linker places the table elsewhere.
#[test]
fn with_cgo() {
    let program = Program::cgo();
    for mode in ["exe", "pie", "c-shared"] {
        let path =
            program.build("out", &[("CGO_ENABLED", "1")], &[&format!("-buildmode={mode}"), "-ldflags=-s -w"]);
        let found = present(&std::fs::read(&path).unwrap(), &["runtime/cgo.", "main.main", "os/user."]);
        assert_eq!(found, ["main.main", "runtime/cgo."], "{mode}");
    }
}

#[test]
fn without_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = gcc(folder.path(), "run", "int main() { return 0; }", &[]);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(functions(&bytes[..], &["main.main"]).unwrap(), Functions::Absent);
    assert_eq!(functions(&b"#!/bin/sh\n"[..], &["main.main"]).unwrap(), Functions::Absent);
    // Its section is there, but not the table.
    let bad = folder.path().join("bad");
    std::fs::write(&bad, [7; 500]).unwrap();
    let section = format!(".gopclntab={}", bad.display());
    duct::cmd!("objcopy", "--add-section", section, &path).run().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let Functions::Malformed(why) = functions(&bytes[..], &["main.main"]).unwrap() else { panic!() };
    assert!(why.contains("0x07070707"), "{why}");
}

/// The table of a program that Go 1.15 linked, from Go's own tests.
#[test]
fn a_table_of_old() {
    let root = go(&[], &["env", "GOROOT"]).read().unwrap();
    let packed = format!("{root}/src/debug/gosym/testdata/pcln115.gz");
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table");
    duct::cmd!("gzip", "-dc", packed).stdout_path(&table).run().unwrap();
    let path = gcc(folder.path(), "run", "int main() { return 0; }", &[]);
    let section = format!(".gopclntab={}", table.display());
    duct::cmd!("objcopy", "--add-section", section, &path).run().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let wanted = ["runtime.main", "runtime.", "runtime.mai", "runtime.mainn", "main.main", "net."];
    assert_eq!(present(&bytes, &wanted), ["main.main", "runtime.", "runtime.main"]);
}

/// What is not a name is not read.
#[test]
fn the_cost_is_that_of_the_names() {
    let embed = TEXT
        .replace("import (", "import (\n\t_ \"embed\"")
        .replace("func main", "//go:embed blob\nvar blob string\n\nfunc main");
    let program = Program::new(&[("main.go", &embed.replace("println(err)\n}", "println(err, blob[5])\n}"))]);
    let cost = |size: u64| {
        File::create(program.path("blob")).unwrap().set_len(size).unwrap();
        let path = program.build("out", &[("CGO_ENABLED", "0")], &[]);
        let file = Counted::new(File::open(path).unwrap());
        assert!(matches!(functions(&file, &WANTED).unwrap(), Functions::Present(_)));
        (file.calls.get(), file.bytes.get())
    };
    let (small, large) = (cost(1 << 10), cost(60 << 20));
    assert_eq!(small, large);
    assert!(small.0 < 50 && small.1 < 500 << 10, "{small:?}");
}

/// All names are read once and in large pieces, and nothing but them: twice as many names are twice as many bytes,
/// and few more calls.
#[test]
fn the_names_are_read_once() {
    let program = Program::new(&[("main.go", TEXT), ("more.go", "package main\n")]);
    let cost = || {
        let path = program.build("out", &[("CGO_ENABLED", "0")], &[]);
        let file = Counted::new(File::open(&path).unwrap());
        assert!(matches!(functions(&file, &WANTED).unwrap(), Functions::Present(_)));
        let table = program.path("table");
        duct::cmd!("objcopy", "-O", "binary", "-j", ".gopclntab", &path, &table).run().unwrap();
        let table = std::fs::read(table).unwrap();
        // The fourth and fifth word of the head are where the names begin and end.
        let word = |at: usize| u64::from_le_bytes(*table[at..].first_chunk().unwrap());
        (word(40) - word(32), file.calls.get(), file.bytes.get())
    };
    let small = cost();
    let names = (0..10_000).map(|number| format!("a_function_whose_name_is_quite_long_{number}"));
    let (functions, list): (Vec<_>, Vec<_>) =
        names.map(|name| (format!("//go:noinline\nfunc {name}() {{}}\n"), format!("{name},"))).unzip();
    let list = format!("var list = []func(){{{}}}\n\nfunc init() {{ list[0]() }}\n", list.concat());
    std::fs::write(program.path("more.go"), format!("package main\n\n{}\n{list}", functions.concat()))
        .unwrap();
    let large = cost();
    assert!(large.0 > 2 * small.0 && large.0 > 400 << 10, "{small:?} {large:?}");
    assert_eq!(large.2 - large.0, small.2 - small.0, "{small:?} {large:?}");
    assert!(large.2 - large.0 < 8 << 10, "{large:?}");
    assert!(large.1 <= 8 + large.0.div_ceil(64 << 10), "{large:?}");
}

/// Marks among the constants: the C library's switch of names, linked statically.
#[test]
fn texts_among_the_constants() {
    let folder = tempfile::tempdir().unwrap();
    let mark: &[u8] = b"libnss_%s.so%s\0";
    let texts = [mark, b"no such text in any program"];
    for (text, seen) in [
        ("#include <netdb.h>\nint main() { return gethostbyname(\"x\") == 0; }", Seen::Yes),
        ("int main() { return 0; }", Seen::No),
    ] {
        let path = gcc(folder.path(), "run", text, &["-static", "-w", "-s"]);
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(contains(&bytes[..], &texts).unwrap(), [seen, Seen::No], "{text}");
        assert_eq!(
            contains(&without_section_headers(&path)[..], &texts).unwrap(),
            [seen, Seen::No],
            "{text}"
        );
    }
    let mark = "Binary was compiled with 'CGO_ENABLED=0', a mark";
    let program =
        Program::new(&[("main.go", &format!("package main\n\nfunc main() {{ println(\"{mark}\") }}\n"))]);
    for (system, arch) in [("linux", "amd64"), ("linux", "s390x"), ("windows", "amd64"), ("darwin", "arm64")]
    {
        for mode in ["exe", "pie"] {
            if (mode, arch) == ("pie", "s390x") {
                continue;
            }
            let path = program.build_pure("out", system, arch, &[&format!("-buildmode={mode}")]);
            let bytes = std::fs::read(path).unwrap();
            let seen = contains(&bytes[..], &[mark.as_bytes(), b"another mark, which is not there"]).unwrap();
            assert_eq!(seen, [Seen::Yes, Seen::No], "{system} {arch} {mode}");
        }
    }
}
