//! Symbol versions that the image's glibc, or its C++ and GCC runtime, does not define yet.
//!
//! The rule is glibc's own (`elf/dl-version.c`): every version name that is asked of a library has to be
//! defined by it, unless it is asked for weakly.

use super::asked::{self, Asked};
use super::cause::{cgo_cause, unset};
use super::closure::{self, Rules};
use super::{Check, Outcome, Subject, architecture, symbol_version};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb203::{AbsentVersion, AskedVersions, GlibcTooNew};
use crate::image::{Fact, Image, Libc};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB203, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(image) = subject.image.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    let Some(dynamic) = subject.binary.elf().and_then(|elf| elf.dynamic.as_ref()) else {
        return Outcome::Fits;
    };
    let closure = closure::of(subject);
    let asked = match (&closure, image.libc_on(subject.platform)) {
        (Some(closure), _) if closure.rules == Rules::Glibc => asked::of_files(subject, dynamic, closure),
        (None, Fact::Known(Libc::Glibc(version))) => asked::of_releases(subject, image, version, dynamic),
        (None, Fact::Unknown) => asked::of_releases(subject, image, Fact::Unknown, dynamic),
        // musl has no symbol versions and reads none.
        _ => return Outcome::Fits,
    };
    let relr_refused = asked::relr_without_its_node(subject, dynamic, closure.as_ref());
    if asked.is_empty() && relr_refused.is_empty() {
        return Outcome::Fits;
    }
    let certain = !relr_refused.is_empty() || asked.iter().any(|asked| !asked.absent.is_empty());
    let names = asked.iter().flat_map(|asked| asked.absent.iter().chain(&asked.unknown));
    let found = GlibcTooNew {
        newest: names.filter_map(|name| symbol_version::glibc_release(name)).max(),
        asked: asked.into_iter().map(|asked| versions(subject, image, asked)).collect(),
        relr_refused,
        image_glibc: match image.libc_on(subject.platform) {
            Fact::Known(Libc::Glibc(Fact::Known(version))) => Some(version),
            _ => None,
        },
        cgo: cgo_cause(subject),
        unset: unset(subject),
    };
    if certain { Outcome::misfit(found) } else { Outcome::cannot_tell(found) }
}

fn versions(subject: &Subject<'_>, image: &Image, asked: Asked<'_>) -> AskedVersions {
    let Asked { by, by_path, file, path, absent, unknown, has } = asked;
    let functions = |name| match &by_path {
        None => asked::functions(subject, file, name),
        Some(_) => Vec::new(),
    };
    let absent = absent.into_iter().map(|name| AbsentVersion {
        name: name.to_owned(),
        functions: functions(name).into_iter().map(str::to_owned).collect(),
    });
    AskedVersions {
        absent: absent.collect(),
        unknown: unknown.into_iter().map(str::to_owned).collect(),
        file: file.to_owned(),
        path: path.or_else(|| usual_path(subject, image, file)),
        by,
        by_path,
        has,
    }
}

/// Where an image that was not read has a library: known of Debian's family alone.
fn usual_path(subject: &Subject<'_>, image: &Image, file: &str) -> Option<String> {
    let debian = ["debian", "ubuntu", "distroless"].iter().any(|word| image.name.contains(word));
    let row = architecture::of_name(&subject.platform.arch).filter(|_| debian)?;
    Some(format!("/lib/{}/{file}", row.tuple))
}

#[cfg(test)]
mod tests;
