//! What an ELF file asks of the processor and of the kernel, as C compilers and packers mark it. Go's own
//! linker writes next to none of this: of GOAMD64 or GOARM only Go's record tells.

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
