//! What `zig cc` has to be called with for a platform and a C library, and the two small programs that call
//! it so.
//!
//! Measured with zig 0.17.1 and Go 1.27 for every pair here. Go keeps objects by the *name* of the compiler
//! and the version that it prints, never by what a script of that name does. So the name holds a hash of
//! everything: another zig, target or flag is another compiler, and a program of a name never changes.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::linking::Linking;
use crate::image::Version;
use crate::platform::Platform;

/// Every zig that is in use knows this glibc. A newer image runs what asks for an older one.
const NEWEST_GLIBC: Version = Version(2, 38, 0);

/// The words behind `zig cc`, or why zig cannot do it.
pub fn flags(platform: &Platform, linking: Linking) -> Result<Vec<String>, &'static str> {
    if platform.os != "linux" {
        return Err("its C library is not zig's");
    }
    let variant = platform.variant.as_deref();
    // Per architecture: zig's name, its ABI's ending, and the oldest glibc that has it.
    let (name, ending, oldest, more): (&str, &str, Version, &[&str]) = match platform.arch.as_str() {
        "amd64" => ("x86_64", "", Version(2, 17, 0), &[]),
        "386" => ("x86", "", Version(2, 17, 0), &[]),
        "arm64" => ("aarch64", "", Version(2, 17, 0), &[]),
        "riscv64" => ("riscv64", "", Version(2, 27, 0), &[]),
        "s390x" => ("s390x", "", Version(2, 17, 0), &[]),
        "loong64" => ("loongarch64", "", Version(2, 36, 0), &[]),
        // Where glibc 2.32 has a second long double, the old one asks for nothing new.
        "ppc64le" => ("powerpc64le", "", Version(2, 17, 0), &["-mabi=ibmlongdouble"]),
        // ARMv5: clang lacks its atomic operations.
        "arm" if variant != Some("v5") => ("arm", "eabihf", Version(2, 17, 0), &[]),
        "arm" => return Err("clang has no atomic operations for ARMv5"),
        "mips" | "mipsle" | "mips64" | "mips64le" => {
            return Err("go calls the compiler with flags for MIPS that clang does not know");
        }
        _ => return Err("go and zig have no C for it in common"),
    };
    let (libc, more) = match linking {
        Linking::Musl | Linking::MuslShared => (format!("musl{ending}"), &[][..]),
        Linking::Glibc(floor) => {
            let floor = floor.unwrap_or(oldest).clamp(oldest, NEWEST_GLIBC);
            (format!("gnu{ending}.{}.{}", floor.0, floor.1), more)
        }
    };
    // The processor counts for either C library, the long double for glibc alone.
    let more = if platform.arch == "arm" { arm_cpu(variant) } else { more };
    let mut words = vec!["-target".to_owned(), format!("{name}-linux-{libc}")];
    words.extend(more.iter().map(|&word| word.to_owned()));
    // zig checks undefined behaviour where C is not optimised, and the program then dies of it.
    words.push("-fno-sanitize=undefined".to_owned());
    Ok(words)
}

fn arm_cpu(variant: Option<&str>) -> &'static [&'static str] {
    // zig's own choice is ARMv7 with NEON.
    if variant == Some("v6") { &["-mcpu=generic+v6+strict_align+vfp2-d32"] } else { &[] }
}

/// Two programs that stand for zig's C and C++ compilers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapper {
    /// The folder that holds `cc` and `cxx`, and nothing else of value.
    pub folder: PathBuf,
    /// The text of `cc`, for `sh`.
    pub cc: String,
    /// The text of `cxx`.
    pub cxx: String,
    /// What is built before the first program, and how long that takes.
    pub builds: String,
}

impl Wrapper {
    /// In a folder below `cache`, named by everything that it is made of. None where the path of zig has a
    /// zero byte.
    pub fn new(cache: &Path, zig: &Path, version: &str, flags: &[String]) -> Option<Self> {
        let zig = shlex::try_quote(zig.to_str()?).ok()?.into_owned();
        let kept = shlex::try_quote(cache.join("zig").to_str()?).ok()?.into_owned();
        let words = shlex::try_join(flags.iter().map(String::as_str)).ok()?;
        let script = |tool: &str| {
            format!(
                "#!/bin/sh\n\
                 # zig {version}\n\
                 [ -n \"${{ZIG_GLOBAL_CACHE_DIR:-}}\" ] || ZIG_GLOBAL_CACHE_DIR={kept}\n\
                 [ -n \"${{ZIG_LOCAL_CACHE_DIR:-}}\" ] || ZIG_LOCAL_CACHE_DIR=$ZIG_GLOBAL_CACHE_DIR\n\
                 export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR\n\
                 exec {zig} {tool} {words} \"$@\"\n"
            )
        };
        let (cc, cxx) = (script("cc"), script("c++"));
        let digest = Sha256::digest(format!("{cc}{cxx}"));
        let hash = digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let target = flags.get(1).map_or("zig", String::as_str);
        let folder = cache.join("cc").join(format!("{target}-{hash}"));
        // Measured on two cores; of glibc zig makes what stands for it in the link, and no more.
        let builds = if target.contains("musl") {
            format!("musl for {target} first: one to three minutes, once")
        } else {
            format!("glibc's stubs for {target} first: some seconds, once")
        };
        Some(Self { folder, cc, cxx, builds })
    }

    /// The C compiler.
    pub fn cc_path(&self) -> PathBuf {
        self.folder.join("cc")
    }

    /// The C++ compiler.
    pub fn cxx_path(&self) -> PathBuf {
        self.folder.join("cxx")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(platform: &str, linking: Linking) -> Option<String> {
        Some(flags(&platform.parse().unwrap(), linking).ok()?[1..].join(" "))
    }

    #[test]
    fn each_platform_has_the_target_that_was_measured() {
        let glibc = |minor| Linking::Glibc(Some(Version(2, minor, 0)));
        let ubsan = " -fno-sanitize=undefined";
        for (platform, linking, expected) in [
            ("linux/amd64", Linking::Musl, "x86_64-linux-musl"),
            ("linux/amd64/v3", Linking::Musl, "x86_64-linux-musl"),
            ("linux/amd64", glibc(31), "x86_64-linux-gnu.2.31"),
            ("linux/amd64", glibc(99), "x86_64-linux-gnu.2.38"),
            ("linux/arm64", Linking::Glibc(None), "aarch64-linux-gnu.2.17"),
            ("linux/386", Linking::Musl, "x86-linux-musl"),
            ("linux/riscv64", glibc(20), "riscv64-linux-gnu.2.27"),
            ("linux/loong64", glibc(38), "loongarch64-linux-gnu.2.38"),
            ("linux/ppc64le", glibc(31), "powerpc64le-linux-gnu.2.31 -mabi=ibmlongdouble"),
            ("linux/ppc64le", Linking::Musl, "powerpc64le-linux-musl"),
            ("linux/arm/v7", Linking::Musl, "arm-linux-musleabihf"),
            ("linux/arm/v6", Linking::Musl, "arm-linux-musleabihf -mcpu=generic+v6+strict_align+vfp2-d32"),
            ("linux/arm/v6", glibc(31), "arm-linux-gnueabihf.2.31 -mcpu=generic+v6+strict_align+vfp2-d32"),
        ] {
            assert_eq!(target(platform, linking), Some(format!("{expected}{ubsan}")), "{platform}");
        }
        for platform in ["linux/arm/v5", "linux/mips64le", "linux/ppc64", "windows/amd64"] {
            assert_eq!(target(platform, Linking::Musl), None, "{platform}");
        }
    }

    #[test]
    fn whatever_changes_is_another_compiler() {
        let of = |zig: &str, version: &str, flag: &str| {
            Wrapper::new(Path::new("/c"), Path::new(zig), version, &["-target".to_owned(), flag.to_owned()])
                .unwrap()
        };
        let first = of("/zig", "0.17.1", "x-musl");
        assert_eq!(of("/zig", "0.17.1", "x-musl"), first);
        for other in
            [of("/zig2", "0.17.1", "x-musl"), of("/zig", "0.18", "x-musl"), of("/zig", "0.17.1", "y")]
        {
            assert_ne!(other.folder, first.folder);
        }
        assert!(first.cc.contains("exec /zig cc -target x-musl \"$@\"\n"), "{}", first.cc);
        assert!(of("/my zig", "1", "x").cxx.contains("exec '/my zig' c++ "));
    }
}
