//! Which shared libraries are part of a C library itself, and come and go with its loader.
//!
//! glibc: the `.so` files that `make install` of glibc leaves (2.17 to 2.44). musl: everything is one file,
//! under the names that Alpine, zig and musl-gcc write.

/// Whether a library is a part of glibc.
pub(super) fn is_glibc(soname: &str) -> bool {
    const STEMS: &[&str] = &[
        "libBrokenLocale",
        "libanl",
        "libc",
        "libc_malloc_debug",
        "libdl",
        "libm",
        "libmvec",
        "libpthread",
        "libresolv",
        "librt",
        "libthread_db",
        "libutil",
    ];
    let loader = soname.starts_with("ld-linux") || soname.starts_with("ld64.so.") || soname == "ld.so.1";
    // `libc.so` without a number is musl's name.
    let numbered = soname.split_once(".so.").is_some_and(|(stem, _)| STEMS.contains(&stem));
    loader || numbered
}

/// Whether a library is musl.
pub(super) fn is_musl(soname: &str) -> bool {
    soname == "libc.so" || soname.starts_with("libc.musl-") || soname.starts_with("ld-musl-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_c_library_is_told_from_a_library_that_uses_it() {
        for soname in ["libc.so.6", "libc.so.6.1", "libpthread.so.0", "ld-linux-aarch64.so.1", "ld64.so.2"] {
            assert!(is_glibc(soname) && !is_musl(soname), "{soname}");
        }
        for soname in ["libc.so", "libc.musl-x86_64.so.1"] {
            assert!(is_musl(soname) && !is_glibc(soname), "{soname}");
        }
        for soname in ["libstdc++.so.6", "libgcc_s.so.1", "libz.so.1", "libcrypt.so.1", "libmagic.so.1"] {
            assert!(!is_glibc(soname) && !is_musl(soname), "{soname}");
        }
    }
}
