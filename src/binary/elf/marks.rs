//! What an ELF file asks of the processor and of the kernel, as C compilers and packers mark it. Go's own
//! linker writes next to none of this: of GOAMD64 or GOARM only Go's record tells.

use super::super::source::{Fault, Notes, Source};
use super::header::Header;
use super::sections::Sections;
use super::{attributes, notes};
use goblin::elf::program_header::{PT_GNU_STACK, ProgramHeader};
use std::io;

/// The marks. Each is none where the file has no such mark.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// `GNU_PROPERTY_X86_ISA_1_NEEDED`: bit 0 the baseline, bit 1 x86-64-v2, bit 2 v3, bit 3 v4. glibc's
    /// loader refuses to start the file on a lesser processor.
    pub isa_needed: Option<u32>,
    /// `NT_GNU_ABI_TAG`: the oldest kernel that the C library was made for.
    pub kernel: Option<Kernel>,
    /// Size in memory of `PT_GNU_STACK`, in bytes: 0 leaves the size of stacks to the C library.
    pub stack_size: Option<u64>,
    /// `.ARM.attributes`, of 32-bit ARM.
    pub arm: Option<ArmAttributes>,
    /// `fp_abi` of `.MIPS.abiflags`: 1 double, 2 single, 3 soft, 5 to 7 mixed. Go writes it for 32 bits.
    pub mips_float: Option<u8>,
    /// Packed by UPX: what is in it cannot be read.
    pub upx: bool,
}

/// A system and its oldest release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernel {
    /// 0 Linux, 1 Hurd, 2 Solaris, 3 FreeBSD.
    pub system: u32,
    /// 3.2.0
    pub version: (u32, u32, u32),
}

/// What C code was compiled for; 0 where it is not said. Source: "Addenda to, and Errata in, the ABI for the
/// Arm Architecture", the section on public tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArmAttributes {
    /// `Tag_CPU_arch`: 1 v4, 2 v4T, 3 v5T, 4 v5TE, 5 v5TEJ, 6 v6, 7 v6KZ, 8 v6T2, 9 v6K, 10 v7, 11 v6-M,
    /// 12 v6S-M, 13 v7E-M, 14 v8-A.
    pub cpu: u64,
    /// `Tag_FP_arch`: 0 none; version 1, 2, 3, 3 with 16 registers, 4, 4 with 16 registers of the VFP; 7, 8 v8.
    pub float: u64,
    /// `Tag_ABI_VFP_args`: 0 in ordinary registers (soft-float), 1 in those of the coprocessor (hard-float).
    pub vfp_arguments: u64,
}

/// `EM_MIPS`, `EM_ARM`
const MIPS: u16 = 8;
const ARM: u16 = 40;
/// `PT_MIPS_ABIFLAGS`
const ABIFLAGS: u32 = 0x7000_0003;

/// Reads them.
pub(super) fn read(
    source: Source<'_>,
    header: &Header,
    segments: &[ProgramHeader],
    sections: &Sections,
    faults: &mut Notes,
) -> io::Result<Marks> {
    let mut marks = Marks::default();
    notes::read(source, header, segments, &mut marks, faults)?;
    marks.stack_size =
        segments.iter().find(|segment| segment.p_type == PT_GNU_STACK).map(|segment| segment.p_memsz);
    if header.raw.e_machine == ARM
        && let Some(section) = sections.find(".ARM.attributes")
    {
        let attributes = attributes::read(source, header, section);
        marks.arm = faults.keep("the attributes (.ARM.attributes)", attributes)?;
    }
    if header.raw.e_machine == MIPS
        && let Some(segment) = segments.iter().find(|segment| segment.p_type == ABIFLAGS)
    {
        let flags = source.part(segment.p_offset, 8, 8);
        let flags = faults.keep("the flags of the ABI (PT_MIPS_ABIFLAGS)", flags)?;
        marks.mips_float = flags.map(|flags| flags[7]);
    }
    marks.upx = upx(source, header)?;
    Ok(marks)
}

/// UPX writes its own header, with a mark at the second word, right behind the program headers.
fn upx(source: Source<'_>, header: &Header) -> io::Result<bool> {
    let table = u64::from(header.raw.e_phnum) * u64::from(header.raw.e_phentsize);
    let Some(behind) = header.raw.e_phoff.checked_add(table) else {
        return Ok(false);
    };
    match source.slice(behind, 8).part(4, 4, 4) {
        Ok(mark) => Ok(mark == *b"UPX!"),
        Err(Fault::Content(_)) => Ok(false),
        Err(Fault::Io(error)) => Err(error),
    }
}
