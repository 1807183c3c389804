//! Shared libraries that the loader will look for in vain.

use super::cause::cgo_cause;
use super::closure::{self, Closure, Missing, Rules};
use super::{Check, Outcome, Subject, gb201_loader_missing, libc};
use crate::binary::elf::{DF_1_NODEFLIB, Dynamic};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb202::{Answer, AskedLibrary, LibraryMissing, Loader, UnreadLibrary};
use crate::image::{Fact, Libc};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB202, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(elf)) = (subject.image, subject.binary.elf()) else { return Outcome::Fits };
    let Some(dynamic) = elf.dynamic.as_ref().filter(|_| subject.platform.os == "linux") else {
        return Outcome::Fits;
    };
    // A C library comes with its loader: where that one is in doubt, its libraries are no further news.
    let loader_in_doubt = (gb201_loader_missing::CHECK.run)(subject) != Outcome::Fits;
    let speaks_for = |name: &str| loader_in_doubt && (libc::is_glibc(name) || libc::is_musl(name));
    if let Some(closure) = closure::of(subject) {
        return in_root(subject, dynamic, &closure, speaks_for);
    }
    let libc = image.libc_on(subject.platform);
    let on_musl = matches!(libc, Fact::Known(Libc::Musl(_)));
    let no_default_folders = dynamic.flags_1 & DF_1_NODEFLIB != 0 && !on_musl;
    let answer = |soname: &str| match image.library_on(subject.platform, soname) {
        // musl answers to glibc's names (`ldso/dynlink.c`, `reserved`), but whether it has the functions
        // that were linked against glibc shows only when they are called for.
        Fact::Known(true) if on_musl && libc::is_glibc(soname) => Some(Answer::Unknown),
        // It asks the loader to leave out the folders in which the image has its libraries.
        Fact::Known(true) if no_default_folders => Some(Answer::Unknown),
        Fact::Known(true) => None,
        Fact::Known(false) => Some(Answer::Absent),
        Fact::Unknown => Some(Answer::Unknown),
    };
    let asked = dynamic.needed.iter().filter(|name| !speaks_for(name)).filter_map(|soname| {
        Some(AskedLibrary {
            soname: soname.clone(),
            by: subject.name.to_owned(),
            by_path: None,
            through: Vec::new(),
            answer: answer(soname)?,
        })
    });
    let loader = match libc {
        Fact::Known(Libc::Glibc(_)) => Some(Loader::Glibc),
        Fact::Known(Libc::Musl(_)) => Some(Loader::Musl),
        // Without a known loader nobody gets as far as looking for a library.
        _ => None,
    };
    outcome(subject, dynamic, loader, asked.collect(), Vec::new())
}

/// Somebody has looked: whatever anyone in the chain asks for is there or not.
fn in_root(
    subject: &Subject<'_>,
    dynamic: &Dynamic,
    closure: &Closure<'_>,
    speaks_for: impl Fn(&str) -> bool,
) -> Outcome {
    let asked = closure.missing.iter().filter(|missing| !speaks_for(&missing.name));
    let unread = closure.found.iter().filter(|found| !found.library.inconsistencies.is_empty());
    let unread = unread.map(|found| UnreadLibrary {
        soname: found.name().to_owned(),
        path: found.real.clone(),
        faults: found.library.inconsistencies.clone(),
    });
    let loader = match closure.rules {
        _ if closure.found.is_empty() => None,
        Rules::Glibc => Some(Loader::Glibc),
        Rules::Musl => Some(Loader::Musl),
    };
    let asked = asked.map(|missing| asked_in_root(subject, closure, missing));
    outcome(subject, dynamic, loader, asked.collect(), unread.collect())
}

fn asked_in_root(subject: &Subject<'_>, closure: &Closure<'_>, missing: &Missing) -> AskedLibrary {
    let through = closure.chain(missing.by).split_last().map(|(_, before)| before.to_vec());
    AskedLibrary {
        soname: missing.name.clone(),
        by: closure.asker(missing.by, subject.name).to_owned(),
        by_path: closure.asker_path(missing.by).map(str::to_owned),
        through: through.unwrap_or_default().into_iter().map(str::to_owned).collect(),
        answer: match (&missing.doubt, &missing.foreign) {
            (Some(doubt), _) => Answer::Doubtful { doubt: doubt.clone() },
            (None, Some(path)) => Answer::OtherArchitecture { path: path.clone() },
            (None, None) => Answer::Absent,
        },
    }
}

fn outcome(
    subject: &Subject<'_>,
    dynamic: &Dynamic,
    loader: Option<Loader>,
    mut asked: Vec<AskedLibrary>,
    unread: Vec<UnreadLibrary>,
) -> Outcome {
    if asked.is_empty() && unread.is_empty() {
        return Outcome::Fits;
    }
    asked.sort_by_key(|one| !one.answer.is_certain());
    let certain = asked.iter().any(|one| one.answer.is_certain());
    let search_path = if dynamic.runpath.is_empty() { &dynamic.rpath } else { &dynamic.runpath };
    let search_path = search_path.clone();
    let found = LibraryMissing { asked, unread, search_path, loader, cgo: cgo_cause(subject) };
    if certain { Outcome::misfit(found) } else { Outcome::cannot_tell(found) }
}

#[cfg(test)]
mod tests;
