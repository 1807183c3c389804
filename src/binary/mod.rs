//! What a binary needs: a positional reader in, facts out. goblin lives in this room alone.
//!
//! Nothing here judges. What cannot be read is not left out in silence: it is an entry in
//! [`elf::Elf::inconsistencies`] (or [`GoInfo::Malformed`]), and a check turns it into a rejection.

//!
//! [`read`] is the way in. What a format says is read in its own file (`elf`, `pe`, `macho`), each over the
//! same bounded reading (`source`, `limits`) and the same way from addresses to offsets (`address`); Go's
//! record lies in all of them alike (`buildinfo`). The cost does not grow with the file: headers, tables
//! and the few names that are asked for, by position. What costs more is not part of [`read`] and is asked
//! for by itself: [`elf::undefined`], [`elf::exports`], [`functions`], [`contains`].

mod address;
mod buildinfo;
mod contains;
mod dissect;
pub mod elf;
mod functions;
mod layout;
mod limits;
pub mod macho;
mod parts;
pub mod pe;
mod sniff;
mod source;

pub use contains::{Seen, contains};
pub use functions::{Functions, functions};

use std::io;

/// Reads what a file is and needs.
///
/// # Errors
///
/// Only where the reader itself fails. Whatever is wrong with the content is a fact: a [`Format`], an
/// inconsistency, a [`GoInfo::Malformed`].
pub fn read(file: &(impl ReadAt + ?Sized)) -> io::Result<Binary> {
    let source = source::Source::new(&file);
    let (format, go) = sniff::read(source)?;
    Ok(Binary { size: source.size(), format, go })
}

/// Positional reading: the only way into this room. The edge implements it for open files, so that what
/// is read is the file behind the descriptor, whatever happens to its name meanwhile.
pub trait ReadAt {
    /// Size in bytes.
    fn size(&self) -> u64;

    /// Fills `buffer` from `offset`; an error where the file ends before.
    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
}

impl ReadAt for [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let start = usize::try_from(offset).ok();
        let part = start.and_then(|start| self.get(start..start.checked_add(buffer.len())?));
        part.map(|part| buffer.copy_from_slice(part)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl<T: ReadAt + ?Sized> ReadAt for Box<T> {
    fn size(&self) -> u64 {
        (**self).size()
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        (**self).read_exact_at(buffer, offset)
    }
}

impl<T: ReadAt + ?Sized> ReadAt for &T {
    fn size(&self) -> u64 {
        T::size(self)
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        T::read_exact_at(self, buffer, offset)
    }
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// Size in bytes.
    pub size: u64,
    /// Format, with what that format says.
    pub format: Format,
    /// What Go's linker recorded.
    pub go: GoInfo,
}

/// The formats that `go build` writes, and those that people publish by mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// ELF, of any type.
    Elf(Box<elf::Elf>),
    /// Portable Executable, Windows.
    Pe {
        /// `Machine` of the COFF header.
        machine: u16,
        /// The rest.
        image: Box<pe::Image>,
    },
    /// Mach-O, macOS; a universal file gives the first architecture.
    MachO {
        /// `cputype`.
        cpu: u32,
        /// The rest.
        image: Box<macho::Image>,
    },
    /// WebAssembly.
    Wasm,
    /// An `ar` archive: what `go build -o x ./lib` writes for a package that is not main.
    Archive,
    /// A text that starts with `#!`.
    Script {
        /// The first word behind `#!`.
        interpreter: String,
    },
    /// Not one byte.
    Empty,
    /// Anything else, with its first bytes (16 at most).
    Unknown {
        /// First bytes.
        start: Vec<u8>,
    },
}

/// Go's build information (`debug/buildinfo`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoInfo {
    /// There is none: not made by Go, or the record was removed.
    Absent,
    /// There is one, but it contradicts itself; the text says where.
    Malformed(String),
    /// The record.
    Present(BuildInfo),
}

/// Go's own record of how a binary was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BuildInfo {
    /// `go1.27.3`.
    pub version: String,
    /// Import path of the main package.
    pub path: String,
    /// Main module: path and version.
    pub module: Option<Module>,
    /// Modules that were linked in, replacements already applied.
    pub dependencies: Vec<Module>,
    /// `build` lines: `GOARCH` to `amd64`, `-buildmode` to `exe`, `CGO_ENABLED` to `1`.
    pub settings: Vec<(String, String)>,
}

/// A module of a build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// Module path.
    pub path: String,
    /// Version, `(devel)` for the main module of older Go.
    pub version: String,
}

impl BuildInfo {
    /// The value of a `build` line.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

impl Binary {
    /// The ELF facts, if it is ELF.
    pub fn elf(&self) -> Option<&elf::Elf> {
        match &self.format {
            Format::Elf(elf) => Some(elf),
            _ => None,
        }
    }

    /// Where the file has to reach at least, for the formats that say so. Beyond [`Self::size`] it was cut
    /// short.
    pub fn extent(&self) -> Option<&elf::Extent> {
        match &self.format {
            Format::Elf(elf) => Some(&elf.extent),
            Format::Pe { image, .. } => Some(&image.extent),
            Format::MachO { image, .. } => Some(&image.extent),
            _ => None,
        }
    }

    /// Whether UPX packed it, which hides Go's record and everything else.
    pub fn packed(&self) -> bool {
        match &self.format {
            Format::Elf(elf) => elf.marks.upx,
            Format::Pe { image, .. } => image.upx,
            _ => false,
        }
    }

    /// What contradicts itself or lies outside the file, in words, whatever the format. Not empty means:
    /// cannot be verified.
    pub fn inconsistencies(&self) -> &[String] {
        match &self.format {
            Format::Elf(elf) => &elf.inconsistencies,
            Format::Pe { image, .. } => &image.inconsistencies,
            Format::MachO { image, .. } => &image.inconsistencies,
            _ => &[],
        }
    }

    /// Go's record, if it could be read.
    pub fn build_info(&self) -> Option<&BuildInfo> {
        match &self.go {
            GoInfo::Present(info) => Some(info),
            _ => None,
        }
    }
}
