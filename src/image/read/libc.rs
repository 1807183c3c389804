//! Which C library a root has, and of which release: from the library's own words, not from its name.
//!
//! glibc is `libc.so.6` with version definitions `GLIBC_2.x`, and says `stable release version 2.36`. musl
//! defines no versions, is C library and loader in one file, says `musl libc` and has its release as the
//! only text of three numbers. uClibc-ng is `libc.so.0`.

use std::collections::BTreeMap;
use std::io;

use super::{machine, strings};
use crate::binary::ReadAt;
use crate::image::root::Library;
use crate::image::{Fact, Libc, Version};
use crate::platform::Platform;

/// The C library's file and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: String,
    pub(super) libc: Libc,
}

/// What a library is by its headers, before anything of it was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looks {
    Glibc,
    Musl,
    Uclibc,
}

/// Libraries that look like a C library and fit the platform, in the order of their paths.
pub(super) fn candidates<'a>(
    elf: &'a BTreeMap<String, Library>,
    platform: Option<&'a Platform>,
) -> impl Iterator<Item = (&'a str, Looks)> {
    elf.iter()
        .filter(move |(_, library)| platform.is_none_or(|platform| machine::fits(library, platform)))
        .filter_map(|(path, library)| looks(path, library).map(|looks| (path.as_str(), looks)))
}

fn looks(path: &str, library: &Library) -> Option<Looks> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let soname = library.soname.as_deref();
    let versions = library.verdef.iter().flatten();
    if soname == Some("libc.so.6") && versions.clone().any(|name| name.starts_with("GLIBC_2.")) {
        Some(Looks::Glibc)
    } else if soname == Some("libc.so.0") || name.starts_with("libuClibc-") {
        Some(Looks::Uclibc)
    } else if library.verdef.is_none()
        && (name.starts_with("ld-musl-") || name == "libc.so" || name.starts_with("libc.musl-"))
    {
        Some(Looks::Musl)
    } else {
        None
    }
}

/// What a candidate is; none for one that only looks like it.
pub(super) fn identify(library: &Library, looks: Looks, file: &dyn ReadAt) -> io::Result<Option<Libc>> {
    Ok(match looks {
        Looks::Uclibc => Some(Libc::Uclibc),
        Looks::Glibc => {
            let said = glibc_release(file)?;
            let defined = library.verdef.iter().flatten().filter_map(|name| {
                name.strip_prefix("GLIBC_").and_then(|version| version.parse::<Version>().ok())
            });
            Some(Libc::Glibc(said.or(defined.max()).into()))
        }
        Looks::Musl => musl_release(file)?.map(Libc::Musl),
    })
}

/// `GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.` of the library, and
/// `ld.so (Debian GLIBC 2.36-9) stable release version 2.36.` of its loader.
pub(super) fn glibc_release(file: &dyn ReadAt) -> io::Result<Option<Version>> {
    let mut release = None;
    strings::each(file, |text| {
        let said = text
            .split_once(" release version ")
            .filter(|(before, _)| before.contains("C Library") || before.contains("ld.so"));
        if let Some((_, after)) = said {
            let number = after.split([',', ' ']).next().unwrap_or(after);
            release = number.trim_end_matches('.').parse().ok();
        }
        release.is_none()
    })?;
    Ok(release)
}

/// None where it is not musl; musl of an unknown release where the text is not there or not alone.
fn musl_release(file: &dyn ReadAt) -> io::Result<Option<Fact<Version>>> {
    let (mut is_musl, mut releases) = (false, Vec::new());
    strings::each(file, |text| {
        is_musl |= text.starts_with("musl libc");
        let numbers = text.split('.').count() == 3 && text.bytes().all(|b| b == b'.' || b.is_ascii_digit());
        if numbers && let Ok(version) = text.parse::<Version>() {
            releases.push(version);
        }
        true
    })?;
    releases.sort_unstable();
    releases.dedup();
    Ok(is_musl.then(|| match releases[..] {
        [only] => Fact::Known(only),
        _ => Fact::Unknown,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(soname: &str, versions: &[&str]) -> Library {
        let verdef = versions.iter().map(|name| (*name).to_owned()).collect();
        Library {
            soname: (!soname.is_empty()).then(|| soname.to_owned()),
            verdef: (!versions.is_empty()).then_some(verdef),
            ..Library::default()
        }
    }

    fn said(library: &Library, path: &str, content: &[u8]) -> Option<Libc> {
        let looks = looks(path, library)?;
        identify(library, looks, &content).unwrap()
    }

    #[test]
    fn glibc_says_its_release_and_its_definitions_are_the_fallback() {
        let glibc = library("libc.so.6", &["GLIBC_2.2.5", "GLIBC_2.36", "GLIBC_PRIVATE"]);
        let text = b"\0GNU C Library (Ubuntu GLIBC 2.37-0ubuntu2) stable release version 2.37.\nCopyright\0";
        let known = |major, minor| Some(Libc::Glibc(Fact::Known(Version(major, minor, 0))));
        assert_eq!(said(&glibc, "/lib/libc.so.6", text), known(2, 37));
        assert_eq!(said(&glibc, "/lib/libc-2.37.so", b"\0nothing\0"), known(2, 36));
        let development = b"\0GNU C Library (GNU libc) development release version 2.42.9000.\n\0";
        assert_eq!(
            said(&glibc, "/lib/libc.so.6", development),
            Some(Libc::Glibc(Fact::Known(Version(2, 42, 9000))))
        );
        // gcompat calls itself so and defines no versions.
        assert_eq!(said(&library("libc.so.6", &[]), "/lib/libgcompat.so.0", text), None);
    }

    #[test]
    fn musl_is_known_by_its_words() {
        let musl = library("", &[]);
        let of = |content: &[u8]| said(&musl, "/lib/ld-musl-x86_64.so.1", content);
        let known = Libc::Musl(Fact::Known(Version(1, 2, 5)));
        assert_eq!(of(b"\0musl libc (x86_64)\n\x001.2.5\x00127.0.0.1\0"), Some(known));
        assert_eq!(of(b"\0musl libc (x86_64)\n\x001.2.5\x001.2.6\0"), Some(Libc::Musl(Fact::Unknown)));
        assert_eq!(of(b"\x001.2.5\0"), None);
        assert_eq!(said(&musl, "/lib/libfoo.so", b"\0musl libc\0"), None);
    }
}
