//! C parts for a newer processor than the platform promises.

use serde::Serialize;

/// What the compiler of the C parts noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum CCodeTooNew {
    /// `GNU_PROPERTY_X86_ISA_1_NEEDED`
    Amd64 {
        /// The x86-64 level that is demanded, 1 to 4.
        demanded: u8,
        /// The level that the platform promises.
        promised: u8,
        /// Whether an interpreter looks at it before the program starts.
        dynamic: bool,
    },
    /// `.ARM.attributes`
    Arm {
        /// The version of the architecture that is demanded.
        demanded: u8,
        /// The version that the platform promises.
        promised: u8,
    },
    /// `.ARM.attributes` with a processor that is not known here.
    UnknownArm {
        /// `Tag_CPU_arch`
        tag: u8,
    },
}
