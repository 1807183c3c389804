//! What the content of a file shows beside its headers, as far as checks ask for it. Plain data: whoever
//! has the file open fills it.

use std::collections::BTreeSet;

/// Facts that cost more than the headers. Each is optional: what nobody looked for is no news.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// x86-64 level, 1 to 4, of `GNU_PROPERTY_X86_ISA_1_NEEDED`; none where the file has no such note.
    pub isa_level: Option<u8>,
    /// `.ARM.attributes`; none where the file has no such section.
    pub arm: Option<Arm>,
    /// Those of [`WANTED`] that are linked in; none where the names were not or could not be read.
    pub functions: Option<BTreeSet<String>>,
    /// Whether the file holds the name pattern of glibc's name service modules (`libnss_%s.so%s`).
    pub names_nss_modules: Option<bool>,
    /// Whether a packer has left its mark (`UPX!`).
    pub packed: Option<bool>,
    /// The oldest kernel that `NT_GNU_ABI_TAG` demands of Linux; none where there is no such note.
    pub kernel: Option<(u32, u32, u32)>,
}

/// What the C parts of an ARM file were compiled for (`Addenda to, and Errata in, the ABI for the Arm
/// Architecture`, build attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arm {
    /// `Tag_CPU_arch`: 5 is v5TEJ, 6 is v6, 10 is v7.
    pub cpu_arch: u8,
    /// `Tag_FP_arch`: 0 none, 1 and 2 `VFPv2`, 3 and 4 `VFPv3`, 5 and 6 `VFPv4`, 7 and 8 `ARMv8`.
    pub fp_arch: u8,
}

/// Names of functions that tell what a program looks for when it runs, as Go's own table of functions
/// writes them.
pub const WANTED: &[&str] = &[
    "crypto/internal/boring._Cfunc__goboringcrypto_SHA256_Init",
    "crypto/x509.loadSystemRoots",
    "golang.org/x/crypto/x509roots/fallback.init.0",
    "mime.loadMimeGlobsFile",
    "net._C2func_getaddrinfo",
    "os.CreateTemp",
    "os.MkdirTemp",
    "os/user.Current",
    "os/user.Lookup",
    "os/user.LookupId",
    "plugin.Open",
    "time.LoadLocation",
    "time/tzdata.loadFromEmbeddedTZData",
];

impl Traits {
    /// Whether a function of [`WANTED`] is linked in; none where nobody knows.
    pub fn has(&self, function: &str) -> Option<bool> {
        self.functions.as_ref().map(|names| names.contains(function))
    }
}
