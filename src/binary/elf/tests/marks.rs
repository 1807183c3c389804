//! Notes, attributes and the packer's mark, in files made by hand.

use super::super::{ArmAttributes, Class, Kernel, Order};
use super::facts;
use super::sample::{Sample, place};

/// Room behind the dynamic section.
const ROOM: usize = 0x2f0;

/// A file whose second segment has these notes, which are words but for their owner.
fn noted(class: Class, order: Order, notes: &[u32]) -> Sample {
    let mut sample = Sample::new(class, order);
    sample.segment(1, 4, ROOM as u64, 4 * notes.len() as u64);
    for (index, word) in notes.iter().enumerate() {
        sample.put(ROOM + 4 * index, 4, (*word).into());
    }
    sample
}

/// `GNU` as a word in the order of the file.
fn gnu(order: Order) -> u32 {
    if order == Order::Little { u32::from_le_bytes(*b"GNU\0") } else { u32::from_be_bytes(*b"GNU\0") }
}

#[test]
fn the_oldest_kernel() {
    for class in [Class::Elf32, Class::Elf64] {
        for order in [Order::Little, Order::Big] {
            // A note of another owner in front.
            let notes = [4, 4, 1, 0x0046_4c45, 9, 4, 16, 1, gnu(order), 0, 3, 2, 1];
            let marks = facts(&noted(class, order, &notes).bytes).marks;
            assert_eq!(marks.kernel, Some(Kernel { system: 0, version: (3, 2, 1) }), "{class:?} {order:?}");
            assert_eq!(marks.isa_needed, None);
        }
    }
}

#[test]
fn the_level_of_the_processor() {
    let gnu = gnu(Order::Little);
    // Properties are padded to the word of the file: here one of a byte in front of the level.
    let wide = [4, 32, 5, gnu, 0xc000_0002, 1, 3, 0, 0xc000_8002, 4, 5, 0];
    let narrow = [4, 24, 5, gnu, 0xc000_0002, 1, 3, 0xc000_8002, 4, 5];
    for (class, notes) in [(Class::Elf64, &wide[..]), (Class::Elf32, &narrow)] {
        let mut sample = noted(class, Order::Little, notes);
        let elf = facts(&sample.bytes);
        assert_eq!((elf.marks.isa_needed, &elf.inconsistencies[..]), (Some(5), &[][..]), "{class:?}");
        // The number means something else on another processor.
        sample.put(18, 2, 183);
        assert_eq!(facts(&sample.bytes).marks.isa_needed, None);
    }
}

#[test]
fn notes_that_contradict_themselves_are_named() {
    let gnu = gnu(Order::Little);
    for (notes, expected) in [
        (&[4, 20, 1, gnu, 0, 3, 2, 1][..], "the notes (PT_NOTE): an entry is cut short"),
        (&[u32::MAX, 4, 1, gnu, 0], "the notes (PT_NOTE): an entry is cut short"),
        (&[4, u32::MAX, 1, gnu, 0], "the notes (PT_NOTE): an entry is cut short"),
        (&[4, 8, 1, gnu, 0, 3], "the notes (PT_NOTE): an entry is cut short"),
        (&[4, 16, 5, gnu, 0xc000_8002, 12, 4, 0], "the notes (PT_NOTE): a property is cut short"),
        (
            &[4, 16, 5, gnu, 0xc000_8002, 8, 4, 0],
            "the notes (PT_NOTE): the level of the processor has 8 bytes, not 4",
        ),
    ] {
        assert_eq!(facts(&noted(Class::Elf64, Order::Little, notes).bytes).inconsistencies, [expected]);
    }
    // What is left behind the last entry is padding.
    let elf = facts(&noted(Class::Elf64, Order::Little, &[4, 0, 9, gnu, 0, 0]).bytes);
    assert_eq!(elf.inconsistencies, [""; 0]);
}

/// As in the C library of Debian's armhf.
const ATTRIBUTES: &[u8] =
    b"A6\0\0\0aeabi\0\x01,\0\0\0\x057-A\0\x06\n\x07A\x08\x01\t\x02\n\x03\x0c\x01\x12\x04\
    \x13\x01\x14\x01\x15\x01\x16\x01\x17\x03\x18\x01\x1a\x02\x1c\x01\x1e\x02\"\x01";

fn attributed(bytes: &[u8]) -> Sample {
    let mut sample = Sample::new(Class::Elf32, Order::Little);
    sample.put(18, 2, 40);
    sample.write(place::SECTION_NAMES, b"\0.ARM.attributes\0");
    sample.section(1, 1, 0x7000_0003, ROOM, bytes.len() as u64);
    sample.write(ROOM, bytes);
    sample
}

#[test]
fn what_arm_code_was_compiled_for() {
    let mut sample = attributed(ATTRIBUTES);
    let elf = facts(&sample.bytes);
    assert_eq!(elf.inconsistencies, [""; 0]);
    assert_eq!(elf.marks.arm, Some(ArmAttributes { cpu: 10, float: 3, vfp_arguments: 1 }));
    sample.put(18, 2, 62);
    assert_eq!(facts(&sample.bytes).marks.arm, None);
    assert_eq!(facts(&attributed(b"A").bytes).marks.arm, Some(ArmAttributes::default()));
    // Another vendor's are for its own tools.
    let other = b"A\x0f\0\0\0gnu\0\x01\x07\0\0\0\x06\x0a";
    assert_eq!(facts(&attributed(other).bytes).marks.arm, Some(ArmAttributes::default()));
}

#[test]
fn attributes_that_cannot_be_read_are_named() {
    for cut in 2..ATTRIBUTES.len() {
        let elf = facts(&attributed(&ATTRIBUTES[..cut]).bytes);
        assert_eq!(elf.inconsistencies, ["the attributes (.ARM.attributes): are cut short"], "{cut}");
        assert_eq!(elf.marks.arm, None);
    }
    let elf = facts(&attributed(b"B").bytes);
    assert_eq!(elf.inconsistencies, ["the attributes (.ARM.attributes): are of an unknown version"]);
}

/// UPX writes a checksum, its name and two numbers right behind the program headers.
#[test]
fn packed_files_are_told() {
    for (class, at) in [(Class::Elf64, 0x40 + 3 * 56), (Class::Elf32, 0x40 + 3 * 32)] {
        let mut sample = Sample::new(class, Order::Little);
        assert!(!facts(&sample.bytes).marks.upx);
        sample.write(at + 4, b"UPX!");
        assert!(facts(&sample.bytes).marks.upx, "{class:?}");
        sample.write(at, b"UPX!UPX?");
        assert!(!facts(&sample.bytes).marks.upx, "{class:?}");
    }
}
