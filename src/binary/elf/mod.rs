//! ELF facts, read the way the kernel and the loader read them: program headers and `DT_*` entries.
//! Section headers are used only for what no loader reads: to see whether the file is whole, to find Go's
//! record and table of functions, and for ARM's attributes.

mod attributes;
mod dynamic;
mod extent;
mod header;
mod marked;
mod marks;
mod notes;
mod parts;
mod read;
mod sections;
mod segments;
mod strings;
mod symbols;
mod versions;

#[cfg(test)]
mod tests;

pub use marks::{ArmAttributes, Kernel, Marks};
pub(super) use parts::parts;

pub use super::layout::{Extent, Order};
pub(super) use read::read;
pub use symbols::{Binding, Definition, Exports, Symbols, Undefined, definitions, exports, undefined};

/// Word size, `EI_CLASS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `ELFCLASS32`
    Elf32,
    /// `ELFCLASS64`
    Elf64,
}

/// What the headers of an ELF file say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elf {
    /// `EI_CLASS`
    pub class: Class,
    /// `EI_DATA`
    pub order: Order,
    /// `EI_OSABI`
    pub osabi: u8,
    /// `e_type`: 1 relocatable, 2 executable, 3 shared object, 4 core.
    pub object_type: u16,
    /// `e_machine`
    pub machine: u16,
    /// `e_flags`
    pub flags: u32,
    /// The first `PT_INTERP`, cut at its NUL; empty (and noted) where there is one that cannot be read.
    pub interpreter: Option<String>,
    /// The dynamic section; none for an ordinary static executable, empty (and noted) where there is one
    /// that cannot be read.
    pub dynamic: Option<Dynamic>,
    /// What it asks of the processor and of the kernel.
    pub marks: Marks,
    /// The furthest byte that the headers promise, and what promises it. Beyond [`super::Binary::size`]
    /// the file was cut short.
    pub extent: Extent,
    /// What contradicts itself or lies outside the file, in words. Not empty means: cannot be verified.
    pub inconsistencies: Vec<String>,
}

/// The dynamic section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dynamic {
    /// `DT_NEEDED`, in order.
    pub needed: Vec<String>,
    /// `DT_SONAME`
    pub soname: Option<String>,
    /// `DT_RPATH`, split at colons.
    pub rpath: Vec<String>,
    /// `DT_RUNPATH`, split at colons.
    pub runpath: Vec<String>,
    /// `DT_FLAGS`
    pub flags: u64,
    /// `DT_FLAGS_1`
    pub flags_1: u64,
    /// Whether there is any relocation table (`DT_RELA`, `DT_REL` or `DT_RELR`).
    pub relocations: bool,
    /// Whether there is a `DT_RELR`.
    pub relr: bool,
    /// `DT_VERNEED`: what is asked of each library.
    pub verneed: Vec<VersionNeed>,
    /// `DT_VERDEF`: version names that this file defines, without the base entry.
    pub verdef: Vec<String>,
}

/// The versions that are asked of one library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionNeed {
    /// `vn_file`: `libc.so.6`.
    pub file: String,
    /// The names: `GLIBC_2.34`.
    pub versions: Vec<NeededVersion>,
}

/// One version name that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededVersion {
    /// `vna_name`
    pub name: String,
    /// `VER_FLG_WEAK`: the loader accepts a library without it.
    pub weak: bool,
}

/// `DF_1_NODEFLIB` of `DT_FLAGS_1`: leave the system's folders out.
pub const DF_1_NODEFLIB: u64 = 0x800;
/// `DF_STATIC_TLS` of `DT_FLAGS`: thread-local variables at places that are settled when a program starts.
pub const DF_STATIC_TLS: u64 = 0x10;
/// `DF_1_PIE` of `DT_FLAGS_1`.
pub const DF_1_PIE: u64 = 0x0800_0000;

/// How an ELF file has to be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linkage {
    /// Starts by itself at fixed addresses.
    Static,
    /// Starts by itself and relocates itself.
    StaticPie,
    /// The kernel needs its interpreter, even where it needs no library (PIE without cgo).
    Dynamic,
    /// A shared library or plugin.
    SharedLibrary,
    /// An object file.
    Relocatable,
    /// Position independent without interpreter and without what it takes to relocate itself: crashes at
    /// once (`-buildmode=pie -ldflags=-d`).
    Broken,
    /// A core dump or a processor-specific type.
    Other,
}

impl Elf {
    /// Classifies by `e_type`, `PT_INTERP` and `PT_DYNAMIC` alone. "No needed library" does not make a
    /// file static, and "position independent without interpreter" does not make it a static-pie.
    pub fn linkage(&self) -> Linkage {
        match (self.object_type, &self.interpreter, &self.dynamic) {
            (1, _, _) => Linkage::Relocatable,
            (2 | 3, Some(_), _) => Linkage::Dynamic,
            (2, None, None) => Linkage::Static,
            (2, None, Some(dynamic)) if dynamic.needed.is_empty() => Linkage::Static,
            (3, None, Some(dynamic)) if dynamic.flags_1 & DF_1_PIE == 0 => Linkage::SharedLibrary,
            (3, None, Some(dynamic)) if dynamic.relocations && dynamic.needed.is_empty() => {
                Linkage::StaticPie
            }
            (2 | 3, None, _) => Linkage::Broken,
            _ => Linkage::Other,
        }
    }
}
