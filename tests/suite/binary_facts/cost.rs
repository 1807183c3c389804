//! What reading costs, in calls and bytes; for a small file and for a large one.

use super::programs::Program;
use gobuild::binary::ReadAt;
use std::cell::Cell;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// A reader that counts.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) calls: Cell<u64>,
    pub(super) bytes: Cell<u64>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, calls: Cell::new(0), bytes: Cell::new(0) }
    }

    fn count(&self, bytes: usize) {
        self.calls.set(self.calls.get() + 1);
        self.bytes.set(self.bytes.get() + bytes as u64);
    }
}

impl ReadAt for Counted<File> {
    fn size(&self) -> u64 {
        self.inner.metadata().unwrap().len()
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.count(buffer.len());
        self.inner.read_exact_at(buffer, offset)
    }
}

impl ReadAt for Counted<&[u8]> {
    fn size(&self) -> u64 {
        self.inner.size()
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        self.count(buffer.len());
        ReadAt::read_exact_at(self.inner, buffer, offset)
    }
}

/// Size of the file, calls and bytes read.
fn cost(path: &Path) -> (u64, u64, u64) {
    let file = Counted::new(File::open(path).unwrap());
    let binary = gobuild::binary::read(&file).unwrap();
    assert!(binary.build_info().is_some());
    (binary.size, file.calls.get(), file.bytes.get())
}

#[test]
fn a_large_file_costs_what_a_small_one_does() {
    let text = "package main\n\nimport _ \"embed\"\n\n//go:embed blob\nvar blob string\n\nfunc main() { println(len(blob)) }\n";
    let program = Program::new(&[("main.go", text)]);
    let blob = |size: u64| File::create(program.path("blob")).unwrap().set_len(size).unwrap();
    blob(1 << 20);
    let (small, calls, bytes) = cost(&program.build("small", &[("CGO_ENABLED", "0")], &[]));
    blob(60 << 20);
    let (large, more_calls, more_bytes) = cost(&program.build("large", &[("CGO_ENABLED", "0")], &[]));
    assert!(small < 4 << 20 && large > 60 << 20, "{small} {large}");
    assert_eq!((calls, bytes), (more_calls, more_bytes));
    assert!(calls < 40 && bytes < 16 << 10, "{calls} calls, {bytes} bytes");
}
