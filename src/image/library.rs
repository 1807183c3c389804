//! Whether an image has a shared library, by the name that a binary asks for.
//!
//! What was read of the image comes first, then what its C library always brings along, then unknown.

use super::facts::{Fact, Image, Libc, Version};
use super::loader;
use crate::platform::Platform;

/// glibc's own libraries, under the names they have on every Linux port. From 2.34 several are empty
/// stubs, but they are still installed.
pub(super) const GLIBC: &[&str] = &[
    "libBrokenLocale.so.1",
    "libanl.so.1",
    "libc.so.6",
    "libdl.so.2",
    "libm.so.6",
    "libnss_compat.so.2",
    "libnss_dns.so.2",
    "libnss_files.so.2",
    "libpthread.so.0",
    "libresolv.so.2",
    "librt.so.1",
    "libthread_db.so.1",
    "libutil.so.1",
];

/// Part of glibc in some distributions and a package of its own in others: a complete list of the *other*
/// libraries does not settle them.
pub(super) const GLIBC_OR_NOT: &[&str] = &["libcrypt.so.1", "libnsl.so.1"];

/// musl's `ldso/dynlink.c`, `reserved`: a name that starts with `lib` and one of these is the C library
/// itself, whatever follows the dot.
const MUSL: &[&str] = &["c.", "pthread.", "rt.", "m.", "dl.", "util.", "xnet."];

impl Image {
    /// Whether a library is there on one platform. `soname` is a name without a folder, as in `DT_NEEDED`;
    /// a path is unknown, since the facts hold names only.
    pub fn library_on(&self, platform: &Platform, soname: &str) -> Fact<bool> {
        let libraries = &self.libraries;
        let is_in = |names: &[String]| names.iter().any(|name| name == soname);
        if soname.contains('/') {
            return Fact::Unknown;
        }
        let libc = self.libc_on(platform);
        // The lists speak of the image's usual C library; an exception is another root file system.
        let is_exception = self.libc_exceptions.iter().any(|(on, _)| on == platform);
        if !is_exception && is_in(&libraries.present) {
            return Fact::Known(true);
        }
        if !is_exception && is_in(&libraries.absent) {
            return Fact::Known(false);
        }
        match libc {
            Fact::Known(Libc::None) => Fact::Known(false),
            Fact::Known(Libc::Musl(_)) if is_musl(platform, soname) => Fact::Known(true),
            Fact::Known(Libc::Glibc(version)) => {
                glibc(platform, version, soname).unwrap_or_else(|| self.rest(is_exception))
            }
            Fact::Known(Libc::Uclibc) | Fact::Unknown => Fact::Unknown,
            Fact::Known(Libc::Musl(_)) => self.rest(is_exception),
        }
    }

    /// The answer for a name in no list and not of the C library.
    fn rest(&self, is_exception: bool) -> Fact<bool> {
        if self.libraries.complete && !is_exception { Fact::Known(false) } else { Fact::Unknown }
    }
}

fn is_musl(platform: &Platform, soname: &str) -> bool {
    let reserved = soname.strip_prefix("lib").is_some_and(|rest| MUSL.iter().any(|r| rest.starts_with(r)));
    reserved || is_name_of(loader::musl(platform), soname)
}

/// What glibc itself says of a name; none where the name is not glibc's.
fn glibc(platform: &Platform, version: Fact<Version>, soname: &str) -> Option<Fact<bool>> {
    if GLIBC.contains(&soname) || is_name_of(loader::glibc(platform), soname) {
        return Some(Fact::Known(true));
    }
    // NEWS of glibc: libmvec came with 2.22 on x86-64 and 2.38 on AArch64, libc_malloc_debug with 2.34.
    let since = match (soname, platform.arch.as_str()) {
        ("libmvec.so.1", "amd64") => Version(2, 22, 0),
        ("libmvec.so.1", "arm64") => Version(2, 38, 0),
        ("libmvec.so.1", _) => return Some(Fact::Known(false)),
        ("libc_malloc_debug.so.0", _) => Version(2, 34, 0),
        _ if GLIBC_OR_NOT.contains(&soname) => return Some(Fact::Unknown),
        _ => return None,
    };
    Some(version.map(|version| version >= since))
}

fn is_name_of(path: Option<&str>, soname: &str) -> bool {
    path.and_then(|path| path.rsplit('/').next()) == Some(soname)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::facts::Libraries;
    use crate::image::resolve;

    fn ask(image: &str, platform: &str, soname: &str) -> Fact<bool> {
        resolve(image).unwrap().library_on(&platform.parse().unwrap(), soname)
    }

    #[test]
    fn a_c_library_brings_its_own() {
        for (image, platform, soname) in [
            ("debian:12", "linux/amd64", "libc.so.6"),
            ("debian:12", "linux/amd64", "libresolv.so.2"),
            ("debian:12", "linux/amd64", "libpthread.so.0"),
            ("debian:12", "linux/amd64", "libmvec.so.1"),
            ("debian:12", "linux/amd64", "ld-linux-x86-64.so.2"),
            ("debian:13", "linux/arm64", "libmvec.so.1"),
            ("debian:13", "linux/arm/v5", "ld-linux.so.3"),
            ("alpine:3.20", "linux/amd64", "libc.musl-x86_64.so.1"),
            ("alpine:3.20", "linux/amd64", "libc.so"),
            ("alpine:3.20", "linux/amd64", "libpthread.so.0"),
            ("alpine:3.20", "linux/arm64", "ld-musl-aarch64.so.1"),
            // musl takes glibc's name for its own; that the versions fail is another check's business.
            ("alpine:3.20", "linux/amd64", "libc.so.6"),
            ("gcr.io/distroless/cc-debian12", "linux/amd64", "libstdc++.so.6"),
            ("busybox:glibc", "linux/amd64", "libresolv.so.2"),
        ] {
            assert_eq!(ask(image, platform, soname), Fact::Known(true), "{image} {platform} {soname}");
        }
    }

    #[test]
    fn what_is_known_to_be_missing_is_false() {
        for (image, platform, soname) in [
            ("scratch", "linux/amd64", "libc.so.6"),
            ("gcr.io/distroless/static", "linux/amd64", "libc.so.6"),
            ("gcr.io/distroless/base-debian12", "linux/amd64", "libgcc_s.so.1"),
            ("gcr.io/distroless/base-debian12", "linux/amd64", "libz.so.1"),
            ("gcr.io/distroless/base-debian12", "linux/amd64", "libc.musl-x86_64.so.1"),
            ("alpine:3.24", "linux/amd64", "libstdc++.so.6"),
            ("busybox:glibc", "linux/amd64", "libdl.so.2"),
            ("busybox:musl", "linux/amd64", "libc.musl-x86_64.so.1"),
            ("busybox:latest", "linux/arm/v6", "libc.so.6"),
            ("debian:11", "linux/arm64", "libmvec.so.1"),
            ("debian:13", "linux/s390x", "libmvec.so.1"),
            ("debian:11", "linux/amd64", "libc_malloc_debug.so.0"),
        ] {
            assert_eq!(ask(image, platform, soname), Fact::Known(false), "{image} {platform} {soname}");
        }
    }

    #[test]
    fn what_nobody_looked_for_is_unknown() {
        for (image, soname) in [
            ("debian:12", "libstdc++.so.6"),
            ("debian:12", "libcrypt.so.1"),
            ("debian:12", "libnsl.so.1"),
            ("alpine:3.20", "libz.so.1"),
            ("alpine:3.9", "libstdc++.so.6"),
            ("node:22-alpine3.21", "libstdc++.so.6"),
            ("registry.corp/base:7", "libc.so.6"),
            ("debian:12", "/opt/lib/libc.so.6"),
            ("gcr.io/distroless/base-debian12", "libnsl.so.1"),
        ] {
            assert_eq!(ask(image, "linux/amd64", soname), Fact::Unknown, "{image} {soname}");
        }
        let mut image = Image::undescribed("x");
        image.libc = Fact::Known(Libc::Glibc(Fact::Unknown));
        assert_eq!(image.library_on(&Platform::linux("amd64"), "libmvec.so.1"), Fact::Unknown);
        image.libc = Fact::Known(Libc::Uclibc);
        assert_eq!(image.library_on(&Platform::linux("amd64"), "libc.so.1"), Fact::Unknown);
    }

    #[test]
    fn a_list_is_believed_before_the_rule() {
        let mut image = resolve("debian:12").unwrap();
        image.libraries = Libraries {
            present: vec!["libz.so.1".to_owned()],
            absent: vec!["libm.so.6".to_owned()],
            complete: true,
        };
        let on = |soname| image.library_on(&Platform::linux("amd64"), soname);
        assert_eq!(on("libz.so.1"), Fact::Known(true));
        assert_eq!(on("libm.so.6"), Fact::Known(false));
        assert_eq!(on("libc.so.6"), Fact::Known(true));
        assert_eq!(on("libssl.so.3"), Fact::Known(false));
    }
}
