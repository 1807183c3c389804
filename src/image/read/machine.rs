//! Which platform a library is for.

use crate::image::root::Library;
use crate::platform::Platform;

/// Word size, byte order and `e_machine` of each architecture that Go builds for (ELF gABI registry).
const MACHINES: &[(u8, bool, u16, &str)] = &[
    (32, false, 3, "386"),
    (64, false, 62, "amd64"),
    (32, false, 40, "arm"),
    (64, false, 183, "arm64"),
    (64, false, 258, "loong64"),
    (32, true, 8, "mips"),
    (32, false, 8, "mipsle"),
    (64, true, 8, "mips64"),
    (64, false, 8, "mips64le"),
    (64, true, 21, "ppc64"),
    (64, false, 21, "ppc64le"),
    (64, false, 243, "riscv64"),
    (64, true, 22, "s390x"),
];

/// The architecture of a library; none where Go builds for no such machine.
pub(super) fn arch(library: &Library) -> Option<&'static str> {
    let key = (library.bits, library.big_endian, library.machine);
    MACHINES.iter().find(|row| (row.0, row.1, row.2) == key).map(|row| row.3)
}

/// The platform of a library. A soft-float ARM library is v5, since neither Docker nor Go has a soft-float
/// v6 or v7 image.
pub(super) fn platform(library: &Library) -> Option<Platform> {
    let arch = arch(library)?;
    let soft = arch == "arm" && library.flags & 0x600 == 0x200;
    let variant = soft.then(|| "v5".to_owned());
    Some(Platform { variant, ..Platform::linux(arch) })
}

/// Whether a library can be loaded on a platform, as far as its header says.
pub(super) fn fits(library: &Library, platform: &Platform) -> bool {
    arch(library) == Some(platform.arch.as_str())
}
