//! Everything that is read of a file before it is judged: its headers always, the rest where a check can
//! ask for it.

use std::ffi::OsStr;
use std::io;

use crate::binary::elf::{self, Elf, Linkage, Symbols};

use crate::binary::{self, Binary, Functions, ReadAt, Seen};
use crate::checks::Traits;
use crate::checks::traits::{self, Arm};
use crate::error::{Error, Result};

/// How glibc writes the names of its name service modules (`nss/nss_module.c`): in two pieces, or gobuild, which
/// is static itself, would find it in gobuild.
const NSS_MODULES: [&[u8]; 2] = [b"libnss_%s", b".so%s\0"];

/// A file, read.
pub(super) struct Reading {
    pub(super) binary: Binary,
    /// Of files that a loader links; others leave no symbol to anybody.
    pub(super) symbols: Option<Symbols>,
    pub(super) traits: Traits,
}

impl Reading {
    /// Reads the file behind the descriptor. `name` is how messages call it.
    pub(super) fn of(name: &OsStr, file: &(impl ReadAt + ?Sized)) -> Result<Self> {
        let failed = |error: io::Error| Error::io("read", name.as_ref(), &error);
        let binary = binary::read(file).map_err(failed)?;
        let loaded = binary
            .elf()
            .and_then(|elf| elf.dynamic.as_ref())
            .is_some_and(|dynamic| !dynamic.needed.is_empty());
        let symbols = loaded.then(|| symbols(file)).transpose().map_err(failed)?;
        let traits = contents(&binary, file).map_err(failed)?;
        Ok(Self { binary, symbols, traits })
    }
}

/// What it leaves to libraries, and what it has for them.
fn symbols(file: &(impl ReadAt + ?Sized)) -> io::Result<Symbols> {
    let (wanted, own) = (elf::undefined(file)?, elf::exports(file)?);
    let defined = own.names.into_iter().chain(own.indirect).collect();
    // What cannot be read is then not there: that rejects a binary rather than accept one.
    Ok(Symbols { defined, ..wanted })
}

fn contents(binary: &Binary, file: &(impl ReadAt + ?Sized)) -> io::Result<Traits> {
    let mut found = binary.elf().map(marks).unwrap_or_default();
    if binary.build_info().is_some() {
        let wanted = traits::wanted();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        found.functions = match binary::functions(file, &wanted)? {
            Functions::Present(names) => Some(names),
            Functions::Absent | Functions::Malformed(_) => None,
        };
    }
    if may_hold_glibc(binary) {
        found.names_nss_modules = match binary::contains(file, &[&NSS_MODULES.concat()])?[..] {
            [Seen::Yes] => Some(true),
            [Seen::No] => Some(false),
            _ => None,
        };
    }
    Ok(found)
}

/// What the headers and notes say beside what every check reads.
fn marks(elf: &Elf) -> Traits {
    let marks = &elf.marks;
    // The highest bit is the level: bit 0 the baseline, bit 3 x86-64-v4.
    let level = |bits: u32| u8::try_from(u32::BITS - bits.leading_zeros()).unwrap_or(u8::MAX).min(4);
    let narrow = |value: u64| u8::try_from(value).unwrap_or(u8::MAX);
    Traits {
        isa_level: marks.isa_needed.filter(|bits| *bits != 0).map(level),
        arm: marks.arm.map(|arm| Arm { cpu_arch: narrow(arm.cpu), fp_arch: narrow(arm.float) }),
        packed: Some(marks.upx),
        kernel: marks.kernel.filter(|kernel| kernel.system == 0).map(|kernel| kernel.version),
        ..Traits::default()
    }
}

/// A static file with C in it; what Go built without cgo has no C library to look for, and its constants
/// need not be searched.
fn may_hold_glibc(binary: &Binary) -> bool {
    let is_static =
        binary.elf().is_some_and(|elf| matches!(elf.linkage(), Linkage::Static | Linkage::StaticPie));
    let without_c = binary.build_info().is_some_and(|info| info.setting("CGO_ENABLED") == Some("0"));
    is_static && !without_c
}
