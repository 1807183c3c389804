//! How each architecture of Go looks in a file's header.
//!
//! Machine numbers: the ELF gABI's registry, Microsoft's PE format page, `mach/machine.h`. Rules on
//! `e_flags`: the processor supplements (ARM EABI, MIPS, `OpenPOWER` `ELFv2`, RISC-V, `LoongArch`), as far as
//! kernel and loader refuse a file for them.

use crate::binary::elf::{Class, Elf, Linkage, Order};
use crate::binary::{Binary, Format};
use crate::image::root::Library;
use crate::platform::Platform;

/// One architecture.
#[derive(Debug)]
pub(super) struct Architecture {
    /// Go's and Docker's name.
    pub(super) name: &'static str,
    /// `EI_CLASS`, `EI_DATA`, `e_machine`.
    pub(super) elf: (Class, Order, u16),
    /// COFF machine, where Go builds for Windows.
    pub(super) pe: Option<u16>,
    /// Mach-O `cputype`, where Go builds for macOS.
    pub(super) macho: Option<u32>,
    /// Where Debian and Ubuntu keep its libraries below `/lib`.
    pub(super) tuple: &'static str,
}

use Class::{Elf32, Elf64};
use Order::{Big, Little};

#[rustfmt::skip]
pub(super) static ARCHITECTURES: &[Architecture] = &[
    row("386", (Elf32, Little, 3), Some(0x14c), Some(7), "i386-linux-gnu"),
    row("amd64", (Elf64, Little, 62), Some(0x8664), Some(0x0100_0007), "x86_64-linux-gnu"),
    row("arm", (Elf32, Little, 40), Some(0x1c4), Some(12), "arm-linux-gnueabihf"),
    row("arm64", (Elf64, Little, 183), Some(0xaa64), Some(0x0100_000c), "aarch64-linux-gnu"),
    row("loong64", (Elf64, Little, 258), None, None, "loongarch64-linux-gnu"),
    row("mips", (Elf32, Big, 8), None, None, "mips-linux-gnu"),
    row("mips64", (Elf64, Big, 8), None, None, "mips64-linux-gnuabi64"),
    row("mips64le", (Elf64, Little, 8), None, None, "mips64el-linux-gnuabi64"),
    row("mipsle", (Elf32, Little, 8), None, None, "mipsel-linux-gnu"),
    row("ppc64", (Elf64, Big, 21), None, None, "powerpc64-linux-gnu"),
    row("ppc64le", (Elf64, Little, 21), None, None, "powerpc64le-linux-gnu"),
    row("riscv64", (Elf64, Little, 243), None, None, "riscv64-linux-gnu"),
    row("s390x", (Elf64, Big, 22), None, None, "s390x-linux-gnu"),
];

const fn row(
    name: &'static str,
    elf: (Class, Order, u16),
    pe: Option<u16>,
    macho: Option<u32>,
    tuple: &'static str,
) -> Architecture {
    Architecture { name, elf, pe, macho, tuple }
}

/// What part of `e_flags` has to be for one ABI.
#[derive(Debug)]
pub(super) struct FlagRule {
    abi: &'static str,
    mask: u32,
    accepted: &'static [u32],
    /// A static file is no partner of anybody's calling convention.
    only_dynamic: bool,
    /// What is expected, in words.
    pub(super) means: &'static str,
}

#[rustfmt::skip]
static FLAG_RULES: &[FlagRule] = &[
    rule("armhf", 0xff00_0000, &[0x0500_0000], false, "ARM EABI version 5"),
    rule("armel", 0xff00_0000, &[0x0500_0000], false, "ARM EABI version 5"),
    // Neither bit: Go's own linker does not say, and the loader's name decides.
    rule("armhf", 0x600, &[0, 0x400], true, "hard-float calls"),
    rule("armel", 0x600, &[0, 0x200], true, "soft-float calls"),
    rule("mips", 0xf000, &[0, 0x1000], false, "the o32 ABI"),
    rule("mipsle", 0xf000, &[0, 0x1000], false, "the o32 ABI"),
    rule("mips", 0x400, &[0], true, "legacy NaN encoding"),
    rule("mipsle", 0x400, &[0], true, "legacy NaN encoding"),
    rule("mips64", 0x400, &[0], true, "legacy NaN encoding"),
    rule("mips64le", 0x400, &[0], true, "legacy NaN encoding"),
    rule("ppc64", 0x3, &[0, 2], true, "the ELFv2 ABI"),
    rule("ppc64le", 0x3, &[0, 2], false, "the ELFv2 ABI"),
    rule("riscv64", 0x6, &[4], true, "the lp64d ABI"),
    rule("loong64", 0x7, &[3], true, "the lp64d ABI"),
];

const fn rule(
    abi: &'static str,
    mask: u32,
    accepted: &'static [u32],
    only_dynamic: bool,
    means: &'static str,
) -> FlagRule {
    FlagRule { abi, mask, accepted, only_dynamic, means }
}

/// The row of a name.
pub(super) fn of_name(name: &str) -> Option<&'static Architecture> {
    ARCHITECTURES.iter().find(|row| row.name == name)
}

/// The architecture that a program is for, if Go knows it.
pub(super) fn of(format: &Format) -> Option<&'static Architecture> {
    ARCHITECTURES.iter().find(|row| match format {
        Format::Elf(elf) => row.elf == (elf.class, elf.order, elf.machine),
        Format::Pe { machine, .. } => row.pe == Some(*machine),
        Format::MachO { cpu, .. } => row.macho == Some(*cpu),
        _ => false,
    })
}

/// The architecture that a library of a root is for, in a word where Go has one.
pub(super) fn of_library(library: &Library) -> String {
    let class = if library.bits == 64 { Elf64 } else { Elf32 };
    let order = if library.big_endian { Big } else { Little };
    let row = ARCHITECTURES.iter().find(|row| row.elf == (class, order, library.machine));
    row.map_or_else(|| format!("machine {}", library.machine), |row| row.name.to_owned())
}

/// Go's name of the architecture that a file was made for; none where it is no program.
pub fn arch_of(binary: &Binary) -> Option<&'static str> {
    of(&binary.format).map(|row| row.name)
}

/// The rule that a file of the right architecture breaks.
pub(super) fn broken_rule(elf: &Elf, platform: &Platform) -> Option<&'static FlagRule> {
    let abi = match (platform.arch.as_str(), platform.variant.as_deref()) {
        ("arm", Some("v5")) => "armel",
        ("arm", _) => "armhf",
        (arch, _) => arch,
    };
    let dynamic = matches!(elf.linkage(), Linkage::Dynamic | Linkage::SharedLibrary);
    FLAG_RULES
        .iter()
        .filter(|rule| rule.abi == abi && (dynamic || !rule.only_dynamic))
        .find(|rule| !rule.accepted.contains(&(elf.flags & rule.mask)))
}

/// `64-bit little-endian, machine 243`: what can be said of a file that is for no known architecture.
pub(super) fn describe(elf: &Elf) -> String {
    let class = if elf.class == Elf64 { "64-bit" } else { "32-bit" };
    let order = if elf.order == Little { "little-endian" } else { "big-endian" };
    format!("{class} {order}, machine {}", elf.machine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_architectures_look_alike_and_all_stand_in_order() {
        for (index, row) in ARCHITECTURES.iter().enumerate() {
            assert!(
                ARCHITECTURES[index + 1..].iter().all(|other| other.elf != row.elf && other.name > row.name)
            );
        }
    }

    #[test]
    fn every_rule_is_for_an_abi_that_a_platform_can_have() {
        for rule in FLAG_RULES {
            assert!(["armhf", "armel"].contains(&rule.abi) || of_name(rule.abi).is_some(), "{}", rule.abi);
            assert!(rule.accepted.iter().all(|value| value & !rule.mask == 0), "{}", rule.means);
        }
    }
}
