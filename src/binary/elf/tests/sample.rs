//! A small ELF file, made by hand in any word size and byte order, whose parts lie at known places.

use super::super::{Class, Order};

/// Where each part lies in the file. Its address is [`BASE`] more.
pub(super) mod place {
    pub(in super::super) const SEGMENTS: usize = 0x40;
    pub(in super::super) const INTERPRETER: usize = 0x100;
    pub(in super::super) const STRINGS: usize = 0x120;
    pub(in super::super) const NEEDS: usize = 0x1a0;
    pub(in super::super) const DEFINITIONS: usize = 0x1e0;
    pub(in super::super) const DYNAMIC: usize = 0x220;
    pub(in super::super) const SECTION_NAMES: usize = 0x360;
    pub(in super::super) const SECTIONS: usize = 0x380;
    pub(in super::super) const END: usize = 0x440;
}

/// Address of the first byte of the file.
pub(super) const BASE: u64 = 0x10000;
/// The string table; the numbers in this file are indices of it.
const STRINGS: &[u8] = b"\0libc.so.6\0GLIBC_2.34\0GLIBC_2.2.5\0libself.so\0SELF_1\0/opt/lib:$ORIGIN\0";
/// Index of `libc.so.6`.
pub(super) const LIBC: u64 = 1;

/// The file.
pub(super) struct Sample {
    pub(super) class: Class,
    pub(super) order: Order,
    pub(super) bytes: Vec<u8>,
}

impl Sample {
    /// An executable with everything that is read: an interpreter, a needed library with two versions, a
    /// version of its own, a search path, section headers.
    pub(super) fn new(class: Class, order: Order) -> Self {
        let mut sample = Self { class, order, bytes: vec![0; place::END] };
        sample.header();
        let all = place::END as u64;
        sample.segment(0, 1, 0, all);
        sample.segment(1, 3, place::INTERPRETER as u64, 12);
        let entry = if class == Class::Elf32 { 8 } else { 16 };
        sample.segment(2, 2, place::DYNAMIC as u64, 13 * entry);
        // Two NULs, as in Debian's cross libraries: the path ends at the first.
        sample.write(place::INTERPRETER, b"/lib/ld.so\0\0");
        sample.write(place::STRINGS, STRINGS);
        sample.versions();
        let address = |place: usize| BASE + place as u64;
        for (index, (tag, value)) in [
            (5, address(place::STRINGS)),
            (10, STRINGS.len() as u64),
            (1, LIBC),
            (14, 34),
            (29, 52),
            (30, 8),
            (0x6fff_fffb, 0x0800_0001),
            (7, address(0)),
            (0x6fff_fffe, address(place::NEEDS)),
            (0x6fff_ffff, 1),
            (0x6fff_fffc, address(place::DEFINITIONS)),
            (0x6fff_fffd, 2),
            (0, 0),
        ]
        .into_iter()
        .enumerate()
        {
            sample.entry(index, tag, value);
        }
        sample.sections();
        sample
    }

    fn header(&mut self) {
        let wide = self.class == Class::Elf64;
        let order = if self.order == Order::Little { 1 } else { 2 };
        self.write(0, &[0x7f, b'E', b'L', b'F', if wide { 2 } else { 1 }, order, 1, 3]);
        self.put(16, 2, 2);
        self.put(18, 2, 62);
        self.put(20, 4, 1);
        self.word(24, BASE);
        let (program_table, section_table, flags) = if wide { (32, 40, 48) } else { (28, 32, 36) };
        self.word(program_table, place::SEGMENTS as u64);
        self.word(section_table, place::SECTIONS as u64);
        self.put(flags, 4, 0x43);
        for (index, value) in
            [if wide { 64 } else { 52 }, if wide { 56 } else { 32 }, 3, if wide { 64 } else { 40 }, 3, 2]
                .into_iter()
                .enumerate()
        {
            self.put(flags + 4 + 2 * index, 2, value);
        }
    }

    /// Program header `index`.
    pub(super) fn segment(&mut self, index: usize, kind: u64, offset: u64, size: u64) {
        let at = place::SEGMENTS + index * if self.class == Class::Elf64 { 56 } else { 32 };
        self.put(at, 4, kind);
        let (first, step) = if self.class == Class::Elf64 { (at + 8, 8) } else { (at + 4, 4) };
        for (index, value) in [offset, BASE + offset, BASE + offset, size, size].into_iter().enumerate() {
            self.word(first + step * index, value);
        }
    }

    fn versions(&mut self) {
        for (at, width, value) in [(0, 2, 1), (2, 2, 2), (4, 4, LIBC), (8, 4, 16), (12, 4, 0)] {
            self.put(place::NEEDS + at, width, value);
        }
        for (at, hash, flags, name, next) in [(16, 0x0696_91b4, 0, 11, 16), (32, 0x0969_1a75, 2, 22, 0)] {
            self.put(place::NEEDS + at, 4, hash);
            self.put(place::NEEDS + at + 4, 2, flags);
            self.put(place::NEEDS + at + 8, 4, name);
            self.put(place::NEEDS + at + 12, 4, next);
        }
        for (at, flags, hash, name, next) in [(0, 1, 0x09c5_ba0f, 34, 28), (28, 0, 0x057a_0c21, 45, 0)] {
            let at = place::DEFINITIONS + at;
            self.put(at, 2, 1);
            self.put(at + 2, 2, flags);
            self.put(at + 6, 2, 1);
            self.put(at + 8, 4, hash);
            self.put(at + 12, 4, 20);
            self.put(at + 16, 4, next);
            self.put(at + 20, 4, name);
        }
    }

    fn sections(&mut self) {
        self.write(place::SECTION_NAMES, b"\0.interp\0.shstrtab\0");
        self.section(1, 1, 1, place::INTERPRETER, 12);
        self.section(2, 9, 3, place::SECTION_NAMES, 19);
    }

    /// Section header `index`.
    pub(super) fn section(&mut self, index: usize, name: u64, kind: u64, offset: usize, size: u64) {
        let wide = self.class == Class::Elf64;
        let at = place::SECTIONS + index * if wide { 64 } else { 40 };
        self.put(at, 4, name);
        self.put(at + 4, 4, kind);
        self.word(at + if wide { 24 } else { 16 }, offset as u64);
        self.word(at + if wide { 32 } else { 20 }, size);
    }

    /// Entry `index` of the dynamic section.
    pub(super) fn entry(&mut self, index: usize, tag: u64, value: u64) {
        let step = if self.class == Class::Elf64 { 8 } else { 4 };
        self.word(place::DYNAMIC + 2 * step * index, tag);
        self.word(place::DYNAMIC + 2 * step * index + step, value);
    }

    /// Bytes as they are.
    pub(super) fn write(&mut self, at: usize, bytes: &[u8]) {
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// A number of `width` bytes.
    pub(super) fn put(&mut self, at: usize, width: usize, value: u64) {
        match self.order {
            Order::Little => self.write(at, &value.to_le_bytes()[..width]),
            Order::Big => self.write(at, &value.to_be_bytes()[8 - width..]),
        }
    }

    fn word(&mut self, at: usize, value: u64) {
        self.put(at, if self.class == Class::Elf64 { 8 } else { 4 }, value);
    }
}
