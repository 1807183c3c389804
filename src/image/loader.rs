//! Where each C library puts its loader, per platform.
//!
//! glibc: `sysdeps/unix/sysv/linux/*/shlib-versions` and `rtlddir`; musl: `/lib/ld-musl-` + `LDSO_ARCH` +
//! `.so.1` with `arch/*/reloc.h`. A plain `linux/arm` is v7 and hard-float, as Docker and Go take it.

use crate::platform::Platform;

/// glibc's loader on a Linux platform.
pub fn glibc(platform: &Platform) -> Option<&'static str> {
    Some(match platform.arch.as_str() {
        "386" => "/lib/ld-linux.so.2",
        "amd64" => "/lib64/ld-linux-x86-64.so.2",
        "arm" if platform.variant.as_deref() == Some("v5") => "/lib/ld-linux.so.3",
        "arm" => "/lib/ld-linux-armhf.so.3",
        "arm64" => "/lib/ld-linux-aarch64.so.1",
        "loong64" => "/lib64/ld-linux-loongarch-lp64d.so.1",
        "mips" | "mipsle" => "/lib/ld.so.1",
        "mips64" | "mips64le" => "/lib64/ld.so.1",
        "ppc64" | "ppc64le" => "/lib64/ld64.so.2",
        "riscv64" => "/lib/ld-linux-riscv64-lp64d.so.1",
        "s390x" => "/lib/ld64.so.1",
        _ => return None,
    })
}

/// musl's loader on a Linux platform.
pub fn musl(platform: &Platform) -> Option<&'static str> {
    Some(match platform.arch.as_str() {
        "386" => "/lib/ld-musl-i386.so.1",
        "amd64" => "/lib/ld-musl-x86_64.so.1",
        "arm" if platform.variant.as_deref() == Some("v5") => "/lib/ld-musl-arm.so.1",
        "arm" => "/lib/ld-musl-armhf.so.1",
        "arm64" => "/lib/ld-musl-aarch64.so.1",
        "loong64" => "/lib/ld-musl-loongarch64.so.1",
        "mips" => "/lib/ld-musl-mips.so.1",
        "mipsle" => "/lib/ld-musl-mipsel.so.1",
        "mips64" => "/lib/ld-musl-mips64.so.1",
        "mips64le" => "/lib/ld-musl-mips64el.so.1",
        "ppc64" => "/lib/ld-musl-powerpc64.so.1",
        "ppc64le" => "/lib/ld-musl-powerpc64le.so.1",
        "riscv64" => "/lib/ld-musl-riscv64.so.1",
        "s390x" => "/lib/ld-musl-s390x.so.1",
        _ => return None,
    })
}

/// Which C library a loader's path belongs to, as a word for messages.
pub fn family(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.starts_with("ld-musl-") {
        Some("musl")
    } else if name.starts_with("ld-linux") || name.starts_with("ld64.so.") || name == "ld.so.1" {
        Some("glibc")
    } else if name.starts_with("ld-uClibc") || name.starts_with("ld64-uClibc") {
        Some("uClibc")
    } else {
        None
    }
}
