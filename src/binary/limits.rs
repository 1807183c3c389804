//! The most that is read of anything, in bytes unless another unit is given. Each is far above what real
//! files have: a limit that is met is a fault of the content, never a silent cut.

/// One string: a name, a path, a search path.
pub(super) const STRING: u64 = 64 << 10;
/// The name of a library that is needed, or its own: a loader opens no longer path (`PATH_MAX`,
/// `include/uapi/linux/limits.h`), and musl's no name without a slash above 255 bytes (`ldso/dynlink.c`).
pub(super) const LIBRARY_NAME: u64 = 4096;
/// All strings of one dynamic section together.
pub(super) const STRINGS: u64 = 4 << 20;
/// A dynamic section: 65536 entries of 16 bytes.
pub(super) const DYNAMIC: u64 = 1 << 20;
/// The dynamic symbol table as far as it is read: a million symbols.
pub(super) const SYMBOLS: u64 = 24 << 20;
/// The names of all symbols that a library has for others.
pub(super) const EXPORTS: u64 = 64 << 20;
/// A string table that is read at once; of a larger one each name is read by itself.
pub(super) const STRING_TABLE: u64 = 16 << 20;
/// All symbols that one file leaves to others, each with [`SYMBOL`].
pub(super) const UNDEFINED: u64 = 32 << 20;
/// What a symbol takes in memory beside its name and version.
pub(super) const SYMBOL: u64 = 144;
/// `PT_INTERP`: the kernel's `PATH_MAX`.
pub(super) const INTERPRETER: u64 = 4096;
/// All program headers together: the kernel's limit (`load_elf_phdrs`).
pub(super) const PROGRAM_HEADERS: u64 = 65536;
/// The section header table: 65536 sections of 64 bytes.
pub(super) const SECTION_HEADERS: u64 = 4 << 20;
/// The names of the sections.
pub(super) const SECTION_NAMES: u64 = 4 << 20;
/// All notes of a file together.
pub(super) const NOTES: u64 = 1 << 20;
/// The attributes of 32-bit ARM.
pub(super) const ATTRIBUTES: u64 = 64 << 10;
/// Entries in one version table, both levels together.
pub(super) const VERSIONS: usize = 65536;
/// One string of Go's build information.
pub(super) const BUILD_INFO: u64 = 4 << 20;
/// How much of the writable data is searched for Go's build information where no section names it. Go's
/// linker puts it first, a C linker behind what is protected after relocation.
pub(super) const BUILD_INFO_SEARCH: u64 = 16 << 20;
/// Load commands of a Mach-O file.
pub(super) const LOAD_COMMANDS: u64 = 4 << 20;
/// Architectures in a universal file. A Java class starts with the same four bytes and has its version,
/// at least 45, in this place.
pub(super) const UNIVERSAL: u32 = 44;
/// Libraries that a Windows program imports.
pub(super) const IMPORTS: usize = 4096;
/// How much of a program's constants is searched at most. A program can embed whole archives there.
pub(super) const CONSTANTS: u64 = 256 << 20;
