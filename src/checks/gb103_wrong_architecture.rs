//! A file for another processor.

use super::architecture;
use super::{Check, Outcome, Subject};
use crate::binary::Format;
use crate::binary::elf::{Class, Elf, Order};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb103::{Machine, WrongArchitecture};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB103, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let wanted = subject.platform.arch.as_str();
    let known = architecture::of(&subject.binary.format).map(|row| row.name);
    let found = match (&subject.binary.format, known) {
        (Format::Elf(elf), Some(name)) if name == wanted => return abi(subject, elf),
        (_, Some(name)) if name == wanted => return Outcome::Fits,
        (_, Some(name)) => Machine::Architecture { name },
        (Format::Elf(elf), None) => Machine::Elf {
            bits: if elf.class == Class::Elf64 { 64 } else { 32 },
            big_endian: elf.order == Order::Big,
            machine: elf.machine,
        },
        (Format::Pe { machine, .. }, None) => Machine::Pe { machine: *machine },
        (Format::MachO { cpu, .. }, None) => Machine::MachO { cpu: *cpu },
        // WebAssembly runs on no processor, which GB102 says; the rest is no program: GB101.
        _ => return Outcome::Fits,
    };
    misfit(subject, found)
}

/// The architecture is right; whether the calling convention is, stands in `e_flags`.
fn abi(subject: &Subject<'_>, elf: &Elf) -> Outcome {
    let Some(rule) = architecture::broken_rule(elf, subject.platform) else { return Outcome::Fits };
    misfit(subject, Machine::OtherAbi { wanted: rule.means, flags: elf.flags })
}

fn misfit(subject: &Subject<'_>, found: Machine) -> Outcome {
    let recorded = subject.binary.build_info().and_then(|info| info.setting("GOARCH"));
    Outcome::misfit(WrongArchitecture {
        found,
        goarch: recorded.filter(|recorded| *recorded != subject.platform.arch).map(str::to_owned),
        linux: subject.platform.os == "linux",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::binary::elf::{Class, Order};
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn for_machine(mut binary: Binary, class: Class, order: Order, machine: u16, flags: u32) -> Binary {
        let elf = fix::elf_mut(&mut binary);
        (elf.class, elf.order, elf.machine, elf.flags) = (class, order, machine, flags);
        binary
    }

    fn arm(binary: Binary, flags: u32) -> Binary {
        for_machine(binary, Class::Elf32, Order::Little, 40, flags)
    }

    #[test]
    fn what_go_writes_for_an_architecture_fits_its_platform() {
        use Class::{Elf32, Elf64};
        use Order::{Big, Little};
        for (platform, class, order, machine, flags) in [
            ("linux/386", Elf32, Little, 3, 0),
            ("linux/amd64", Elf64, Little, 62, 0),
            ("linux/arm/v5", Elf32, Little, 40, 0x0500_0002),
            ("linux/arm/v7", Elf32, Little, 40, 0x0500_0002),
            ("linux/arm64", Elf64, Little, 183, 0),
            ("linux/loong64", Elf64, Little, 258, 0x43),
            ("linux/mips", Elf32, Big, 8, 0x5000_1004),
            ("linux/mipsle", Elf32, Little, 8, 0x5000_1004),
            ("linux/mips64", Elf64, Big, 8, 0x2000_0004),
            ("linux/mips64le", Elf64, Little, 8, 0x2000_0004),
            ("linux/ppc64", Elf64, Big, 21, 2),
            ("linux/ppc64le", Elf64, Little, 21, 2),
            ("linux/riscv64", Elf64, Little, 243, 5),
            ("linux/s390x", Elf64, Big, 22, 1),
        ] {
            for binary in [fix::static_c(), fix::glibc_go(&[])] {
                Case::new(for_machine(binary, class, order, machine, flags)).platform(platform).fits(&CHECK);
            }
        }
        Case::new(fix::of(Format::Pe { machine: 0xaa64, image: Box::default() }))
            .platform("windows/arm64")
            .fits(&CHECK);
    }

    #[test]
    fn another_machine_class_or_byte_order_does_not_fit() {
        let details = Case::new(fix::static_go()).platform("linux/arm64").misfit(&CHECK);
        assert_eq!(lines(&details), ["rpc is for amd64", "the platform is linux/arm64"]);
        assert_eq!(details.production.unwrap(), "exec /app/rpc: exec format error");
        assert_eq!(details.cause.unwrap(), "GOARCH was amd64 when it was built");

        let x32 = for_machine(fix::static_c(), Class::Elf32, Order::Little, 62, 0);
        assert_eq!(lines(&Case::new(x32).misfit(&CHECK))[0], "rpc is for 32-bit little-endian, machine 62");
        let mips = for_machine(fix::static_c(), Class::Elf32, Order::Big, 8, 0x5000_1004);
        assert_eq!(lines(&Case::new(mips).platform("linux/mipsle").misfit(&CHECK))[0], "rpc is for mips");
        let macho = fix::of(Format::MachO { cpu: 0x0100_000c, image: Box::default() });
        assert_eq!(lines(&Case::new(macho).misfit(&CHECK))[0], "rpc is for arm64");
    }

    #[test]
    fn a_float_abi_that_is_not_the_images_does_not_fit_a_dynamic_file() {
        let hard = || arm(fix::glibc_go(&["libc.so.6"]), 0x0500_0400);
        let soft = || arm(fix::glibc_go(&["libc.so.6"]), 0x0500_0200);
        Case::new(hard()).platform("linux/arm/v7").fits(&CHECK);
        Case::new(soft()).platform("linux/arm/v5").fits(&CHECK);
        Case::new(hard()).platform("linux/arm/v5").misfit(&CHECK);
        let details = Case::new(soft()).platform("linux/arm/v7").misfit(&CHECK);
        assert_eq!(lines(&details)[0], "rpc is for an ABI other than hard-float calls (e_flags 0x5000200)");
        Case::new(arm(fix::static_c(), 0x0500_0200)).platform("linux/arm/v7").fits(&CHECK);
    }

    #[test]
    fn elfv1_is_another_abi_only_where_libraries_are_called() {
        let elfv1 = |binary| for_machine(binary, Class::Elf64, Order::Big, 21, 1);
        Case::new(elfv1(fix::static_c())).platform("linux/ppc64").fits(&CHECK);
        Case::new(elfv1(fix::glibc_go(&["libc.so.6"]))).platform("linux/ppc64").misfit(&CHECK);
    }
}
