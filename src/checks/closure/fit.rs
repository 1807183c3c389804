//! Which files a loader takes for its own architecture.

use crate::binary::elf::{Class, Elf, Order};
use crate::image::root::Library;

/// The bits of `e_flags` that two files have to agree on, where both set any of them: the calling
/// conventions that loaders refuse to mix.
const fn abi(machine: u16) -> u32 {
    match machine {
        8 => 0x400,
        21 => 0x3,
        40 => 0x600,
        243 => 0x6,
        258 => 0x7,
        _ => 0,
    }
}

/// Whether a library has the class, the byte order and the processor of a binary.
pub(in crate::checks) fn is_other_architecture(elf: &Elf, library: &Library) -> bool {
    let bits = if elf.class == Class::Elf64 { 64 } else { 32 };
    (bits, elf.order == Order::Big, elf.machine) != (library.bits, library.big_endian, library.machine)
}

/// Whether a loader takes a library for this binary: the same architecture, and no other ABI of it.
pub(in crate::checks) fn fits(elf: &Elf, library: &Library) -> bool {
    let abi = abi(elf.machine);
    let (own, other) = (elf.flags & abi, library.flags & abi);
    // Go's linker leaves ARM's bits out, which is no statement.
    let agree = own == other || (elf.machine == 40 && (own == 0 || other == 0));
    agree && !is_other_architecture(elf, library)
}
