//! A file for another processor.

use serde::Serialize;

/// What the file is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WrongArchitecture {
    /// What its headers say.
    pub found: Machine,
    /// `GOARCH` in the build information, where it is another than the platform's.
    pub goarch: Option<String>,
    /// Whether the kernel of the platform would say so: Linux.
    pub linux: bool,
}

/// What the headers of a file say of its processor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum Machine {
    /// An architecture that Go has a name for.
    Architecture {
        /// GOARCH
        name: &'static str,
    },
    /// An ELF file for none of them.
    Elf {
        /// `EI_CLASS`: 32 or 64.
        bits: u8,
        /// `EI_DATA`
        big_endian: bool,
        /// `e_machine`
        machine: u16,
    },
    /// A PE file for none of them.
    Pe {
        /// `IMAGE_FILE_HEADER.Machine`
        machine: u16,
    },
    /// A Mach-O file for none of them.
    MachO {
        /// `cputype`
        cpu: u32,
    },
    /// The architecture is right, and its calling convention another.
    OtherAbi {
        /// What the platform has: `hard-float`.
        wanted: &'static str,
        /// `e_flags`
        flags: u32,
    },
}
