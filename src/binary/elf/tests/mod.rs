//! What is read of a file made by hand, whole and damaged.

mod damaged;
mod marks;
mod sample;

use super::{Class, Dynamic, Elf, Extent, Marks, NeededVersion, Order, VersionNeed, segments};
use crate::binary::read;
use sample::{Sample, place};

/// The facts of a file.
fn facts(bytes: &[u8]) -> Elf {
    read(bytes).unwrap().elf().unwrap().clone()
}

fn expected(class: Class, order: Order) -> Elf {
    let version = |name: &str, weak| NeededVersion { name: name.to_owned(), weak };
    let end = place::SECTIONS as u64 + if class == Class::Elf64 { 192 } else { 120 };
    Elf {
        class,
        order,
        osabi: 3,
        object_type: 2,
        machine: 62,
        flags: 0x43,
        interpreter: Some("/lib/ld.so".to_owned()),
        dynamic: Some(Dynamic {
            needed: vec!["libc.so.6".to_owned()],
            soname: Some("libself.so".to_owned()),
            rpath: Vec::new(),
            runpath: vec!["/opt/lib".to_owned(), "$ORIGIN".to_owned()],
            flags: 8,
            flags_1: 0x0800_0001,
            relocations: true,
            relr: false,
            verneed: vec![VersionNeed {
                file: "libc.so.6".to_owned(),
                versions: vec![version("GLIBC_2.34", false), version("GLIBC_2.2.5", true)],
            }],
            verdef: vec!["SELF_1".to_owned()],
        }),
        marks: Marks::default(),
        extent: Extent { end: place::END as u64, part: "segment 0".to_owned() }.max(end),
        inconsistencies: Vec::new(),
    }
}

impl Extent {
    fn max(self, table: u64) -> Self {
        if table > self.end { Self { end: table, part: "the section header table".to_owned() } } else { self }
    }
}

#[test]
fn every_word_size_and_byte_order_is_read_alike() {
    for class in [Class::Elf32, Class::Elf64] {
        for order in [Order::Little, Order::Big] {
            let sample = Sample::new(class, order);
            assert_eq!(facts(&sample.bytes), expected(class, order));
        }
    }
}

#[test]
fn versions_are_found_without_section_headers() {
    let mut sample = Sample::new(Class::Elf64, Order::Big);
    sample.put(40, 8, 0);
    sample.put(60, 2, 0);
    sample.put(62, 2, 0);
    assert_eq!(facts(&sample.bytes), expected(Class::Elf64, Order::Big));
}

#[test]
fn a_cut_at_any_byte_shows_in_the_extent() {
    let whole = Sample::new(Class::Elf64, Order::Little).bytes;
    for cut in 6..whole.len() {
        let elf = facts(&whole[..cut]);
        assert!(elf.extent.end > cut as u64, "{cut}: {:?}", elf.extent);
        if cut >= 20 {
            assert_eq!(elf.machine, 62, "{cut}");
        }
        if cut < place::DYNAMIC {
            assert!(!elf.inconsistencies.is_empty(), "{cut}");
        }
    }
}

#[test]
fn what_lies_behind_the_file_is_named() {
    let extent = |change: &dyn Fn(&mut Sample)| {
        let mut sample = Sample::new(Class::Elf64, Order::Little);
        change(&mut sample);
        let extent = facts(&sample.bytes).extent;
        (extent.end, extent.part)
    };
    let section = place::SECTIONS + 64;
    assert_eq!(extent(&|sample| sample.put(section + 32, 8, 0x400)), (0x500, "section .interp".to_owned()));
    assert_eq!(extent(&|sample| sample.put(60, 2, 4)).1, "the section header table");
    assert_eq!(
        extent(&|sample| sample.put(place::SEGMENTS + 32, 8, 0x5000)),
        (0x5000, "segment 0".to_owned())
    );
    // A section without bytes in the file promises none.
    let without = |sample: &mut Sample| {
        sample.put(section + 4, 4, 8);
        sample.put(section + 32, 8, 0x4000);
    };
    assert_eq!(extent(&without).0, place::END as u64);
}

#[test]
fn more_sections_than_sixteen_bits_can_say() {
    let mut sample = Sample::new(Class::Elf64, Order::Little);
    sample.put(60, 2, 0);
    sample.put(62, 2, 0xffff);
    sample.put(place::SECTIONS + 32, 8, 3);
    sample.put(place::SECTIONS + 40, 4, 2);
    sample.put(place::SECTIONS + 64 + 32, 8, 0x400);
    assert_eq!(facts(&sample.bytes).extent.part, "section .interp");
}

#[test]
fn the_last_of_equal_tags_counts() {
    let mut sample = Sample::new(Class::Elf64, Order::Little);
    sample.entry(5, 0x6fff_fffb, 8);
    let elf = facts(&sample.bytes);
    assert_eq!(elf.dynamic.unwrap().flags_1, 0x0800_0001);
    assert_eq!(
        elf.inconsistencies,
        ["the dynamic section: DT_FLAGS_1 is there twice, with different values"]
    );
}

/// The record is behind the relocated read-only data, which alone can be larger than all that is searched.
#[test]
fn data_that_stays_writable_is_searched_first() {
    let part = |kind, start: u64, size: u64| goblin::elf::ProgramHeader {
        p_type: kind,
        p_flags: 6,
        p_offset: start,
        p_vaddr: 0x1000 + start,
        p_filesz: size,
        p_memsz: size,
        ..goblin::elf::ProgramHeader::default()
    };
    let ranges = |segments: &[_]| -> Vec<_> {
        let ranges = segments::writable(segments);
        ranges.iter().map(|range| (range.address, range.offset, range.length)).collect()
    };
    let load = part(1, 0x100, 0x80);
    assert_eq!(ranges(std::slice::from_ref(&load)), [(0x1100, 0x100, 0x80), (0x1100, 0x100, 0)]);
    let protected = part(0x6474_e552, 0x100, 0x30);
    assert_eq!(ranges(&[load, protected]), [(0x1130, 0x130, 0x50), (0x1100, 0x100, 0x30)]);
}
