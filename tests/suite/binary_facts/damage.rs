//! Real files, cut short and changed at random.

use super::cost::Counted;
use super::linux::without_section_headers;
use super::programs::{Program, gcc};
use proptest::prelude::*;

use crate::support::made_up::values;

/// Every cut shows, whatever the way of linking, and what is left in front of it is still read.
#[test]
fn a_cut_shows_at_every_place() {
    let (program, cgo) = (Program::hello(), Program::cgo());
    for path in [
        program.build_pure("static", "linux", "mips", &[]),
        program.build_pure("pie", "linux", "arm64", &["-buildmode=pie"]),
        cgo.build("cgo", &[("CGO_ENABLED", "1")], &[]),
    ] {
        let whole = std::fs::read(&path).unwrap();
        let facts = gobuild::binary::read(&whole[..]).unwrap();
        let promised = usize::try_from(facts.extent().unwrap().end).unwrap();
        assert!(promised <= whole.len());
        for step in 0..200 {
            let cut = 64 + (promised - 65) * step / 199;
            let binary = gobuild::binary::read(&whole[..cut]).unwrap();
            let elf = binary.elf().unwrap();
            assert!(elf.extent.end > cut as u64, "{cut} of {promised}: {:?}", elf.extent);
            assert_eq!(elf.machine, facts.elf().unwrap().machine);
        }
        // Without section headers the segments alone have to show it.
        let bare = without_section_headers(&path);
        let promised = gobuild::binary::read(&bare[..]).unwrap().extent().unwrap().end;
        let promised = usize::try_from(promised).unwrap();
        for step in 0..20 {
            let cut = 64 + (promised - 65) * step / 19;
            let binary = gobuild::binary::read(&bare[..cut]).unwrap();
            assert!(binary.extent().unwrap().end > cut as u64, "{cut} of {promised}");
        }
    }
}

/// Reads a damaged file, and sees to it that this stays cheap.
fn bounded(bytes: &[u8]) {
    let file = Counted::new(bytes);
    gobuild::binary::read(&file).unwrap();
    gobuild::binary::elf::undefined(&file).unwrap();
    gobuild::binary::elf::exports(&file).unwrap();
    assert!(file.calls.get() < 500_000, "{} calls", file.calls.get());
    assert!(file.bytes.get() < 64 << 20, "{} bytes", file.bytes.get());
}

#[test]
fn a_damaged_file_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = gcc(folder.path(), "run", "#include <stdio.h>\nint main() { return puts(\"x\"); }", &["-s"]);
    let whole = std::fs::read(&path).unwrap();
    assert!(whole.len() < 32 << 10, "{}", whole.len());
    // The first page has headers, names and versions; the dynamic section and the section headers come last.
    let change = (prop_oneof![0..0x800_usize, 0..whole.len() - 8], 1..=8_usize, values());
    let cut = prop_oneof![4 => Just(whole.len()), 1 => 0..whole.len()];
    let config = ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(changes in prop::collection::vec(change, 1..6), cut in cut)| {
        let mut bytes = whole.clone();
        for (at, width, value) in changes {
            bytes[at..at + width].copy_from_slice(&value.to_le_bytes()[..width]);
        }
        bounded(&bytes[..cut]);
    });
}

#[test]
fn damaged_files_of_other_systems_are_read_to_their_end() {
    let program = Program::hello();
    for system in ["windows", "darwin"] {
        let whole = std::fs::read(program.build_pure("out", system, "amd64", &[])).unwrap();
        let change = (0..0x600_usize, 1..=8_usize, values());
        let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(changes in prop::collection::vec(change, 1..6))| {
            let mut bytes = whole.clone();
            for (at, width, value) in changes {
                bytes[at..at + width].copy_from_slice(&value.to_le_bytes()[..width]);
            }
            bounded(&bytes);
        });
    }
}
