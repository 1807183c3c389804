//! A C library that was made for newer kernels than clusters run.

use serde::Serialize;

/// The oldest kernel that it starts on (`NT_GNU_ABI_TAG`), and the oldest that is supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KernelTooNew {
    /// Major, minor and patch.
    pub demanded: (u32, u32, u32),
    /// Major and minor, of a distribution that is still supported.
    pub oldest: (u32, u32),
}
