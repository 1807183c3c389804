//! Which loader's rules hold: of the one that the binary names, as the root has it.

use super::fit::is_other_architecture;
use super::{Rules, tokens};
use crate::binary::elf::{Dynamic, Elf};
use crate::checks::Subject;
use crate::diagnostics::in_pod;
use crate::image::root::{Library, Root};
use crate::image::{Fact, Libc, loader};
use crate::platform::Platform;

/// What a file behind a loader's path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Kind {
    /// glibc's loader.
    Glibc,
    /// musl, whose loader and C library are one file.
    Musl,
    /// gcompat's stand-in for glibc's loader: it starts musl's with a library of glibc's functions.
    Gcompat,
    /// Another C library's.
    Other,
}

/// gcompat's library, which its loader puts before all others.
const GCOMPAT: &str = "libgcompat.so.0";

/// One question: this binary, at this place, in this root.
pub(super) struct Setting<'a> {
    pub(super) root: &'a Root,
    pub(super) elf: &'a Elf,
    pub(super) dynamic: &'a Dynamic,
    pub(super) platform: &'a Platform,
    pub(super) rules: Rules,
    /// The folder in which the binary will lie.
    pub(super) folder: String,
    /// The path of the loader and its file, where it is there.
    pub(super) loader: Option<(String, String, &'a Library)>,
    /// Libraries that come before what the binary needs.
    pub(super) preload: Option<&'static str>,
}

/// Tells the C library of a loader by its own marks: glibc has names and versions, musl has neither, and
/// gcompat's needs musl.
pub(in crate::checks) fn kind_of(real: &str, library: &Library) -> Kind {
    let base = real.rsplit('/').next().unwrap_or(real);
    let soname = library.soname.as_deref().unwrap_or(base);
    let is_musl = |name: &str| name.starts_with("libc.musl-") || name.starts_with("ld-musl-");
    let versions = library.verdef.iter().flatten();
    if versions.into_iter().any(|name| name.starts_with("GLIBC_")) {
        Kind::Glibc
    } else if is_musl(soname) || is_musl(base) || soname == "libc.so" {
        Kind::Musl
    } else if library.needed.iter().any(|name| is_musl(name)) {
        Kind::Gcompat
    } else if loader::family(soname) == Some("glibc") {
        Kind::Glibc
    } else {
        Kind::Other
    }
}

/// None where no root was read, the file is not dynamic, or the rules are nobody's that are known.
pub(super) fn of<'a>(subject: &Subject<'a>) -> Option<Setting<'a>> {
    let image = subject.image.filter(|_| subject.platform.os == "linux")?;
    let root = image.root.as_deref()?;
    let elf = subject.binary.elf()?;
    let dynamic = elf.dynamic.as_ref()?;
    let at = |path: &str| {
        let (real, library) = root.library(path)?;
        (!is_other_architecture(elf, library)).then(|| (path.to_owned(), real, library))
    };
    // A shared library is loaded by a program that has the image's own loader, and so is judged what names
    // a loader that is not there.
    let own = || match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(_)) => Some((Rules::Glibc, loader::glibc(subject.platform).and_then(at))),
        Fact::Known(Libc::Musl(_)) => Some((Rules::Musl, loader::musl(subject.platform).and_then(at))),
        Fact::Known(Libc::None) => Some((Rules::Glibc, None)),
        Fact::Known(Libc::Uclibc) | Fact::Unknown => None,
    };
    let named = elf.interpreter.as_deref().filter(|_| !subject.expects_library()).and_then(at);
    let mut preload = None;
    let (rules, loader) = match named {
        None => own()?,
        Some(loader) => match kind_of(&loader.1, loader.2) {
            Kind::Glibc => (Rules::Glibc, Some(loader)),
            Kind::Musl => (Rules::Musl, Some(loader)),
            Kind::Gcompat => {
                preload = Some(GCOMPAT);
                (Rules::Musl, loader::musl(subject.platform).and_then(at))
            }
            Kind::Other => return None,
        },
    };
    let place = subject.place.map_or_else(|| in_pod(subject.name), str::to_owned);
    let folder = tokens::folder(&place).to_owned();
    Some(Setting { root, elf, dynamic, platform: subject.platform, rules, folder, loader, preload })
}
