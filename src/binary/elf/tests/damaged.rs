//! One test for each inconsistency: the file is changed in one place, and the note says which.

use super::super::{Class, Linkage, Order, symbols};
use super::facts;
use super::sample::{BASE, LIBC, Sample, place};

/// The only note about a file that was changed.
#[track_caller]
fn note(change: impl FnOnce(&mut Sample)) -> String {
    let mut sample = Sample::new(Class::Elf64, Order::Little);
    change(&mut sample);
    let mut notes = facts(&sample.bytes).inconsistencies;
    assert_eq!(notes.len(), 1, "{notes:?}");
    notes.remove(0)
}

/// Field of a program header: 0 type, 8 offset, 16 address, 32 size in the file, 40 size in memory.
fn segment(index: usize, field: usize) -> usize {
    place::SEGMENTS + 56 * index + field
}

#[test]
fn the_header() {
    for (at, width, value, expected) in [
        (6, 1, 0, "the ELF version is 0 and 1, not 1"),
        (20, 4, 2, "the ELF version is 1 and 2, not 1"),
        (58, 2, 40, "the section header table: e_shentsize is 40, not 64"),
        (40, 8, 0, "the section header table: 3 entries but no place"),
    ] {
        assert_eq!(note(|sample| sample.put(at, width, value)), expected);
    }
}

#[test]
fn the_program_header_table() {
    for (at, width, value, expected) in [
        (54, 2, 32, "the program header table: e_phentsize is 32, not 56"),
        (56, 2, 0, "the program header table: has no entries, so that nothing would be mapped"),
        (56, 2, 0xffff, "the program header table: has more entries than e_phnum can hold"),
        (56, 2, 30, "the program header table: bytes 64 to 1744 lie outside the file, which has 1088"),
        (32, 8, u64::MAX, "the program header table: its offset and size overflow"),
    ] {
        let note = note(|sample| sample.put(at, width, value));
        assert!(note.starts_with(expected), "{note}");
    }
}

#[test]
fn segments() {
    let overflow = note(|sample| sample.put(segment(1, 16), 8, u64::MAX));
    assert_eq!(overflow, "segment 1: its start and size overflow");
    let memory = note(|sample| sample.put(segment(0, 40), 8, 1));
    assert_eq!(memory, "segment 0: 1088 bytes of the file for 1 bytes of memory");
    let overlap = note(|sample| {
        sample.put(segment(1, 0), 4, 1);
    });
    assert_eq!(overlap, "segments 0 and 1 overlap in memory");
}

#[test]
fn the_entry_point() {
    for (entry, shown) in [(0, "0x0"), (BASE - 1, "0xffff"), (BASE + (1 << 32), "0x100010000")] {
        let note = note(|sample| sample.put(24, 8, entry));
        assert_eq!(note, format!("the entry point {shown} is in no segment that is mapped"));
    }
    // A library needs none.
    let mut library = Sample::new(Class::Elf64, Order::Little);
    library.put(16, 2, 3);
    library.put(24, 8, 0);
    library.entry(6, 0x6fff_fffb, 1);
    assert_eq!(facts(&library.bytes).inconsistencies, [""; 0]);
}

#[test]
fn a_table_of_four_gigabytes_is_not_read() {
    let note = note(|sample| {
        sample.put(60, 2, 0);
        sample.put(place::SECTIONS + 32, 8, u64::MAX);
        sample.put(40, 8, place::SECTIONS as u64);
        sample.bytes.resize(8 << 20, 0);
    });
    assert!(note.starts_with("the section header table: 83"), "{note}");
    assert!(note.ends_with("where 4194304 are the most that make sense"), "{note}");
}

#[test]
fn the_interpreter() {
    for (change, expected) in [
        (&|sample: &mut Sample| sample.put(segment(1, 8), 8, 0x440) as _, "bytes 1088 to 1100 lie outside"),
        (&|sample: &mut Sample| sample.put(segment(1, 32), 8, 10), "does not end in a NUL"),
        (&|sample: &mut Sample| sample.write(place::INTERPRETER, b"/\xff"), "is not UTF-8"),
        (&|sample: &mut Sample| sample.write(place::INTERPRETER, b"\0"), "is empty"),
    ] as [(&dyn Fn(&mut Sample), &str); 4]
    {
        let note = note(change);
        assert!(note.starts_with("the interpreter (PT_INTERP): ") && note.contains(expected), "{note}");
    }
    let two = note(|sample| sample.put(segment(2, 0), 4, 3));
    assert!(two.contains("there are two"), "{two}");
}

/// A file whose interpreter or dynamic section is unreadable must not pass for a static one.
#[test]
fn what_cannot_be_read_is_still_there() {
    let mut sample = Sample::new(Class::Elf64, Order::Little);
    sample.put(segment(1, 8), 8, 1 << 40);
    sample.put(segment(2, 16), 8, 1);
    let elf = facts(&sample.bytes);
    assert_eq!(elf.interpreter.as_deref(), Some(""));
    assert!(elf.dynamic.is_some());
    assert_eq!(elf.linkage(), Linkage::Dynamic);
    assert_eq!(elf.inconsistencies.len(), 2, "{:?}", elf.inconsistencies);
}

#[test]
fn the_dynamic_section() {
    for (at, value, expected) in [
        (segment(2, 16), 7, "no segment maps its address 0x7"),
        (segment(2, 16), BASE, "its address leads to offset 0, its header says 544"),
        (segment(2, 32), 12 * 16, "it has no end (DT_NULL)"),
        (segment(2, 32), 0, "it has no end (DT_NULL)"),
        (segment(2, 32), 1 << 32, "lie outside the file"),
    ] {
        let note = note(|sample| sample.put(at, 8, value));
        assert!(note.starts_with("the dynamic section (PT_DYNAMIC): ") && note.contains(expected), "{note}");
    }
}

/// A symbol table over the file's header, with as many symbols as a hash table says.
fn hashed(order: Order, machine: u64, words: [u64; 2]) -> Sample {
    let mut sample = Sample::new(Class::Elf64, order);
    sample.put(18, 2, machine);
    sample.entry(7, 6, BASE);
    sample.entry(8, 4, BASE + place::NEEDS as u64);
    sample.entry(9, 0, 0);
    sample.put(place::NEEDS, 4, words[0]);
    sample.put(place::NEEDS + 4, 4, words[1]);
    sample
}

#[test]
fn a_number_of_symbols_that_the_file_cannot_hold_takes_no_memory() {
    let sample = hashed(Order::Little, 62, [1, u64::from(u32::MAX)]);
    let symbols = symbols::undefined(&sample.bytes[..]).unwrap();
    assert_eq!(symbols.inconsistencies, ["the symbol table (DT_SYMTAB): no segment maps all of table 0x6"]);
}

/// GNU ld's hash tables have words of 64 bits there, those of LLVM's linker 32.
#[test]
fn on_s390x_either_width_of_a_hash_table_is_read() {
    let narrow = hashed(Order::Big, 22, [1, 1]);
    assert_eq!(symbols::undefined(&narrow.bytes[..]).unwrap().inconsistencies, [""; 0]);
    let mut wide = hashed(Order::Big, 22, [0, 1]);
    wide.put(place::NEEDS + 8, 8, 1);
    assert_eq!(symbols::undefined(&wide.bytes[..]).unwrap().inconsistencies, [""; 0]);
}

#[test]
fn the_string_table() {
    for (index, tag, value, expected) in [
        (0, 5, 7, "the string table (DT_STRTAB): no segment maps its address 0x7"),
        (0, 21, 0, "the string table (DT_STRTAB): there is none"),
        (1, 21, 0, "the string table (DT_STRTAB): it has no size (DT_STRSZ)"),
        (1, 10, 1 << 40, "the string table (DT_STRTAB): 1099511627776 bytes from address 0x10120"),
        (2, 1, 999, "needed library 1 (DT_NEEDED): its name lies outside the string table: 999 of 69"),
        (2, 1, 0, "needed library 1 (DT_NEEDED): its name is empty"),
        (3, 14, 69, "the name of the library (DT_SONAME): its name lies outside"),
        (4, 29, u64::MAX, "the search path (DT_RUNPATH): its name lies outside"),
        (4, 15, u64::MAX, "the search path (DT_RPATH): its name lies outside"),
    ] {
        let note = note(|sample| sample.entry(index, tag, value));
        assert!(note.starts_with(expected), "{note}");
    }
    let open = note(|sample| sample.entry(1, 10, 68));
    assert_eq!(open, "the search path (DT_RUNPATH): does not end in a NUL");
    let bytes = note(|sample| sample.write(place::STRINGS + 52, b"\xff"));
    assert_eq!(bytes, "the search path (DT_RUNPATH): is not UTF-8");
}

#[test]
fn needed_versions() {
    for (at, width, value, expected) in [
        (0, 2, 2, "an entry has version 2, not 1"),
        (2, 2, 3, "ends before its number of names"),
        (2, 2, 1, "goes on behind its number of names"),
        (4, 4, 999, "its name lies outside the string table"),
        (8, 4, 0xffff_ffff, "leaves its segment"),
        (12, 4, 0xffff_ffff, "leaves its segment"),
        (16, 4, 1, "the hash of GLIBC_2.34 is not that of its name"),
        (24, 4, 999, "its name lies outside the string table"),
        (28, 4, 0x1000, "leaves its segment"),
    ] {
        let note = note(|sample| sample.put(place::NEEDS + at, width, value));
        assert!(note.starts_with("the needed versions (DT_VERNEED): ") && note.contains(expected), "{note}");
    }
    for (index, tag, value, expected) in [
        (8, 0x6fff_fffe, 7, "no segment maps its address 0x7"),
        (8, 0x6fff_fffe, BASE + place::END as u64 - 4, "leaves its segment"),
        (9, 0x6fff_ffff, 2, "1 entries, where its number says 2"),
        (9, 21, 0, "has no number of entries"),
    ] {
        let note = note(|sample| sample.entry(index, tag, value));
        assert!(note.starts_with("the needed versions (DT_VERNEED): ") && note.contains(expected), "{note}");
    }
}

#[test]
fn defined_versions() {
    for (at, width, value, expected) in [
        (0, 2, 2, "an entry has version 2, not 1"),
        (6, 2, 0, "a definition has no name"),
        (8, 4, 1, "the hash of libself.so is not that of its name"),
        (12, 4, 0x1000, "leaves its segment"),
        (16, 4, 0, "1 entries, where its number says 2"),
        (16, 4, 0x1000, "leaves its segment"),
        (20, 4, 999, "its name lies outside the string table"),
    ] {
        let note = note(|sample| sample.put(place::DEFINITIONS + at, width, value));
        assert!(note.starts_with("the defined versions (DT_VERDEF): ") && note.contains(expected), "{note}");
    }
}

/// A chain of entries without names, each leading to the next: the steps are counted.
#[test]
fn an_endless_chain_ends() {
    let note = note(|sample| {
        let start = place::END;
        sample.bytes.resize(start + (2 << 20), 0);
        let size = sample.bytes.len() as u64;
        sample.put(segment(0, 32), 8, size);
        sample.put(segment(0, 40), 8, size);
        for at in (start..sample.bytes.len()).step_by(16) {
            for (field, width, value) in [(0, 2, 1), (4, 4, LIBC), (8, 4, 0), (12, 4, 16)] {
                sample.put(at + field, width, value);
            }
        }
        sample.entry(8, 0x6fff_fffe, BASE + start as u64);
    });
    assert_eq!(note, "the needed versions (DT_VERNEED): has more entries than makes sense");
}
