//! What the targets share: every reader of binaries on any bytes, and the proof that reading stays cheap.

pub mod images;

use gobuild::binary::{self, ReadAt};
use std::cell::Cell;
use std::io;

/// Names and texts that checks ask for.
const WANTED: [&str; 3] = ["main.main", "runtime.", "time.LoadLocation"];

/// A reader that counts.
struct Counted<'a> {
    bytes: &'a [u8],
    calls: Cell<u64>,
    read: Cell<u64>,
}

impl ReadAt for Counted<'_> {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.calls.set(self.calls.get() + 1);
        self.read.set(self.read.get() + buffer.len() as u64);
        ReadAt::read_exact_at(self.bytes, buffer, offset)
    }
}

/// Any bytes behind the magic of ELF.
pub fn elf(bytes: &[u8]) {
    read(&marked(bytes, b"\x7fELF"));
}

/// Any bytes behind the magic of a Windows program.
pub fn pe(bytes: &[u8]) {
    read(&marked(bytes, b"MZ"));
}

/// Any bytes: Mach-O has six magics, and what has none is read as what it is.
pub fn macho(bytes: &[u8]) {
    read(bytes);
}

/// Any bytes as the data of a program, behind the mark of Go's record. The first byte chooses how it is mapped.
pub fn buildinfo(bytes: &[u8]) {
    if let Some((choice, bytes)) = bytes.split_first() {
        read(&mapped(choice | 4, &[&b"\xff Go buildinf:"[..], bytes].concat()));
    }
}

/// Any bytes as the constants of a program, behind a mark of Go's table of functions. The first byte chooses
/// how they are mapped, the second the release of Go.
pub fn pclntab(bytes: &[u8]) {
    if let [choice, release, bytes @ ..] = bytes {
        let magic = [0xf0, 0xf1, 0xfa, 0xfb][usize::from(release % 4)] | 0xffff_ff00_u32;
        let magic = if choice & 2 == 0 { magic.to_le_bytes() } else { magic.to_be_bytes() };
        read(&mapped(choice & !4, &[&magic[..], &[0, 0], bytes].concat()));
    }
}

fn marked(bytes: &[u8], magic: &[u8]) -> Vec<u8> {
    let rest = bytes.get(magic.len()..).unwrap_or_default();
    [magic, rest].concat()
}

/// Reads everything that can be read. The readers never fail on bytes in memory, whatever these are, and
/// never ask for one that is not there.
///
/// # Panics
/// Where a reader fails, or reads far more than is there.
fn read(bytes: &[u8]) {
    let file = Counted { bytes, calls: Cell::new(0), read: Cell::new(0) };
    let whole = binary::read(&file).expect("memory can be read");
    let _ = (whole.extent(), whole.inconsistencies(), whole.elf().map(binary::elf::Elf::linkage));
    binary::elf::undefined(&file).expect("memory can be read");
    binary::elf::exports(&file).expect("memory can be read");
    binary::functions(&file, &WANTED).expect("memory can be read");
    binary::contains(&file, &[b"UPX!", b"libnss_%s.so%s\0"]).expect("memory can be read");
    assert!(file.calls.get() < 500_000, "{} calls", file.calls.get());
    assert!(file.read.get() < 64 << 20, "{} bytes of {}", file.read.get(), bytes.len());
}

/// Bytes as all that an ELF file maps, at address 0x1000 and behind its headers. Bits choose the word size, the
/// byte order and whether the segment is written to.
fn mapped(choice: u8, bytes: &[u8]) -> Vec<u8> {
    let (wide, big, write) = (choice & 1 == 0, choice & 2 != 0, choice & 4 != 0);
    let mut file = vec![0x7f, b'E', b'L', b'F', if wide { 2 } else { 1 }, if big { 2 } else { 1 }, 1];
    file.resize(16, 0);
    let mut put = |width: usize, value: u64| {
        if big {
            file.extend(&value.to_be_bytes()[8 - width..]);
        } else {
            file.extend(&value.to_le_bytes()[..width]);
        }
    };
    let word = if wide { 8 } else { 4 };
    let (head, entry) = if wide { (64, 56) } else { (52, 32) };
    // Type, machine, version; entry, program headers, section headers; flags; sizes and numbers.
    for (width, value) in [(2, 2), (2, 62), (4, 1), (word, 0), (word, head), (word, 0), (4, 0)] {
        put(width, value);
    }
    for value in [head, entry, 1, 0, 0, 0] {
        put(2, value);
    }
    let (flags, size) = (if write { 6 } else { 4 }, bytes.len() as u64);
    put(4, 1);
    if wide {
        put(4, flags);
    }
    for value in [128, 0x1000, 0x1000, size, size] {
        put(word, value);
    }
    if !wide {
        put(4, flags);
    }
    put(word, 16);
    file.resize(128, 0);
    file.extend(bytes);
    file
}
