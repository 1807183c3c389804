//! What other programs say about a file: `readelf` and `go version -m`.

use super::programs::go;
use gobuild::binary::elf::{Class, Elf, NeededVersion, Order, Undefined, VersionNeed, undefined};
use gobuild::binary::{Binary, BuildInfo, Module};
use std::path::Path;

/// The facts of a file.
pub(super) fn read(path: &Path) -> Binary {
    gobuild::binary::read(&std::fs::read(path).unwrap()[..]).unwrap()
}

/// Whether everything is as readelf has it. A whole file, that is: nothing inconsistent, nothing cut.
#[track_caller]
pub(super) fn agrees_with_readelf(path: &Path) -> Elf {
    let binary = read(path);
    let elf = binary.elf().unwrap_or_else(|| panic!("{}: {binary:?}", path.display())).clone();
    assert_eq!(elf.inconsistencies, [""; 0], "{}", path.display());
    assert!(elf.extent.end <= binary.size, "{}: {:?} of {}", path.display(), elf.extent, binary.size);
    let text = duct::cmd!("readelf", "-hldVW", path).env("LC_ALL", "C").read().unwrap();
    let ours = (elf.class, elf.order, elf.object_type, elf.machine, elf.flags, elf.interpreter.clone());
    assert_eq!(ours, identity(&text), "{}", path.display());
    let dynamic = elf.dynamic.clone().unwrap_or_default();
    assert_eq!(elf.dynamic.is_some(), text.contains("Dynamic section at offset"), "{}", path.display());
    let bracketed = |word: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains(&format!("({word})")));
        lines.map(|line| between(line, "[", "]").to_owned()).collect()
    };
    assert_eq!(dynamic.needed, bracketed("NEEDED"), "{}", path.display());
    assert_eq!(dynamic.soname.into_iter().collect::<Vec<_>>(), bracketed("SONAME"), "{}", path.display());
    assert_eq!(dynamic.rpath.join(":"), bracketed("RPATH").concat(), "{}", path.display());
    assert_eq!(dynamic.runpath.join(":"), bracketed("RUNPATH").concat(), "{}", path.display());
    let pie = text.lines().any(|line| line.contains("(FLAGS_1)") && line.contains("PIE"));
    assert_eq!(dynamic.flags_1 & gobuild::binary::elf::DF_1_PIE != 0, pie, "{}", path.display());
    assert_eq!(dynamic.verneed, needs(&text), "{}", path.display());
    assert_eq!(dynamic.verdef, definitions(&text), "{}", path.display());
    elf
}

type Identity = (Class, Order, u16, u16, u32, Option<String>);

fn identity(text: &str) -> Identity {
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.trim_start().strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).trim()
    };
    let class = if field("Class:") == "ELF64" { Class::Elf64 } else { Class::Elf32 };
    let order = if field("Data:").contains("little") { Order::Little } else { Order::Big };
    let object_type = match field("Type:").split(' ').next().unwrap() {
        "REL" => 1,
        "EXEC" => 2,
        "DYN" => 3,
        other => panic!("type {other}"),
    };
    let machine = match field("Machine:") {
        "Intel 80386" => 3,
        "MIPS R3000" => 8,
        "PowerPC64" => 21,
        "IBM S/390" => 22,
        "ARM" => 40,
        "Advanced Micro Devices X86-64" => 62,
        "AArch64" => 183,
        "RISC-V" => 243,
        "LoongArch" => 258,
        other => panic!("machine {other}"),
    };
    let flags = field("Flags:").split(',').next().unwrap().trim_start_matches("0x");
    let interpreter = text.lines().find(|line| line.contains("[Requesting program interpreter: "));
    let interpreter = interpreter.map(|line| between(line, "interpreter: ", "]").to_owned());
    (class, order, object_type, machine, u32::from_str_radix(flags, 16).unwrap(), interpreter)
}

fn between<'a>(line: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = line.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// A word behind `name`, in the columns of `readelf -V`.
fn column<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.split_once(name)?.1.split_whitespace().next()
}

fn part<'a>(text: &'a str, title: &str) -> impl Iterator<Item = &'a str> {
    let part = text.split_once(title).map_or("", |(_, part)| part);
    part.lines().skip(1).take_while(|line| !line.is_empty())
}

fn needs(text: &str) -> Vec<VersionNeed> {
    let mut needs: Vec<VersionNeed> = Vec::new();
    for line in part(text, "Version needs section") {
        if let Some(file) = column(line, "File:") {
            needs.push(VersionNeed { file: file.to_owned(), versions: Vec::new() });
        } else if let Some(name) = column(line, "Name:") {
            let weak = column(line, "Flags:") == Some("WEAK");
            needs.last_mut().unwrap().versions.push(NeededVersion { name: name.to_owned(), weak });
        }
    }
    needs
}

fn definitions(text: &str) -> Vec<String> {
    let lines = part(text, "Version definition section").filter(|line| line.contains("Rev:"));
    let lines = lines.filter(|line| column(line, "Flags:") != Some("BASE"));
    lines.map(|line| column(line, "Name:").unwrap().to_owned()).collect()
}

/// Whether the undefined symbols are as readelf has them.
#[track_caller]
pub(super) fn symbols_agree_with_readelf(path: &Path) -> Vec<Undefined> {
    let symbols = undefined(&std::fs::read(path).unwrap()[..]).unwrap();
    assert_eq!(symbols.inconsistencies, [""; 0], "{}", path.display());
    let ours: Vec<_> = symbols
        .undefined
        .iter()
        .map(|symbol| {
            let version = symbol.version.as_ref().map(|(_, version)| version.clone());
            (symbol.name.clone(), version, symbol.weak)
        })
        .collect();
    let text = duct::cmd!("readelf", "--dyn-syms", "-W", path).env("LC_ALL", "C").read().unwrap();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let lines = lines.filter(|words| words.len() >= 8 && words[6] == "UND");
    let theirs = lines.map(|words| {
        let (name, version) =
            words[7].split_once('@').map_or((words[7], None), |(name, version)| (name, Some(version)));
        (name.to_owned(), version.map(str::to_owned), words[4] == "WEAK")
    });
    assert_eq!(ours, theirs.collect::<Vec<_>>(), "{}", path.display());
    symbols.undefined
}

/// Whether Go's record is as go has it; the record.
#[track_caller]
pub(super) fn agrees_with_go(path: &Path) -> BuildInfo {
    let binary = read(path);
    let info = binary.build_info().unwrap_or_else(|| panic!("{}: {:?}", path.display(), binary.go)).clone();
    let text = go(&[], &["version", "-m", "-json", path.to_str().unwrap()]).read().unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let module = |value: &serde_json::Value| {
        let value = value.get("Replace").unwrap_or(value);
        Module { path: word(&value["Path"]), version: word(&value["Version"]) }
    };
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    assert_eq!(info.version, word(&json["GoVersion"]));
    assert_eq!(info.path, word(&json["Path"]));
    assert_eq!(info.module.clone().unwrap_or_default(), module(&json["Main"]));
    assert_eq!(info.dependencies, list(&json["Deps"]).iter().map(module).collect::<Vec<_>>());
    let settings: Vec<_> =
        list(&json["Settings"]).iter().map(|pair| (word(&pair["Key"]), word(&pair["Value"]))).collect();
    assert_eq!(info.settings, settings);
    info
}
