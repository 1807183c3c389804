//! Shared libraries that the loader will look for in vain.

use super::closure::{self, Closure, Missing, Rules};
use super::words::{cgo_cause, in_pod, line, noted, rebuild};
use super::{Check, Outcome, Subject, gb201_loader_missing, libc};
use crate::binary::elf::{DF_1_NODEFLIB, Dynamic};
use crate::diagnostics::{Line, Message, catalog};
use crate::image::{Fact, Image, Libc};

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
        return in_root(subject, image, dynamic, &closure, speaks_for);
    }
    let asked = dynamic.needed.iter().map(String::as_str).filter(|name| !speaks_for(name));
    let on_musl = matches!(image.libc_on(subject.platform), Fact::Known(Libc::Musl(_)));
    let no_default_folders = dynamic.flags_1 & DF_1_NODEFLIB != 0 && !on_musl;
    let (mut missing, mut unknown) = (Vec::new(), Vec::new());
    for soname in asked {
        match image.library_on(subject.platform, soname) {
            // musl answers to glibc's names (`ldso/dynlink.c`, `reserved`), but whether it has the functions
            // that were linked against glibc shows only when they are called for.
            Fact::Known(true) if on_musl && libc::is_glibc(soname) => unknown.push(soname),
            // It asks the loader to leave out the folders in which the image has its libraries.
            Fact::Known(true) if no_default_folders => unknown.push(soname),
            Fact::Known(true) => {}
            Fact::Known(false) => missing.push(soname),
            Fact::Unknown => unknown.push(soname),
        }
    }
    if missing.is_empty() && unknown.is_empty() {
        return Outcome::Fits;
    }
    let details = Message {
        title: title(&missing).to_owned(),
        evidence: evidence(subject, image, dynamic, &missing, &unknown),
        production: missing.first().or(unknown.first()).and_then(|soname| production(subject, image, soname)),
        cause: cgo_cause(subject),
        help: ways_out(subject, image, &missing, &unknown),
    };
    if missing.is_empty() { Outcome::cannot_tell(details) } else { Outcome::misfit(details) }
}

/// Somebody has looked: whatever anyone in the chain asks for is there or not.
fn in_root<'m>(
    subject: &Subject<'_>,
    image: &Image,
    dynamic: &Dynamic,
    closure: &'m Closure<'_>,
    speaks_for: impl Fn(&str) -> bool,
) -> Outcome {
    let all = || closure.missing.iter().filter(|missing| !speaks_for(&missing.name));
    let (unknown, missing): (Vec<&Missing>, Vec<&Missing>) = all().partition(|one| one.doubt.is_some());
    let unread = closure.found.iter().filter(|found| !found.library.inconsistencies.is_empty());
    let mut evidence: Vec<Line> =
        missing.iter().chain(&unknown).map(|one| asked_in_root(subject, image, closure, one)).collect();
    evidence.extend(unread.map(|found| {
        let fault = found.library.inconsistencies.join("; ");
        noted(format!("{} cannot be read", found.name()), &found.real, fault)
    }));
    let Some(first) = missing.first().or(unknown.first()) else {
        return if evidence.is_empty() { Outcome::Fits } else { unreadable(image, evidence) };
    };
    evidence.extend(searched(subject, dynamic));
    let names = |all: &[&'m Missing]| all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
    let (missing_names, unknown_names) = (names(&missing), names(&unknown));
    let details = Message {
        title: title(&missing_names).to_owned(),
        evidence,
        production: production_of(subject, closure, first),
        cause: cgo_cause(subject),
        help: ways_out(subject, image, &missing_names, &unknown_names),
    };
    if missing.is_empty() { Outcome::cannot_tell(details) } else { Outcome::misfit(details) }
}

fn asked_in_root(subject: &Subject<'_>, image: &Image, closure: &Closure<'_>, missing: &Missing) -> Line {
    let note = match (&missing.doubt, &missing.foreign) {
        (Some(doubt), _) => doubt.clone(),
        (None, Some(path)) => format!("{path} is for another architecture"),
        (None, None) => format!("not in {}", image.name),
    };
    let chain = closure.chain(missing.by);
    let through =
        chain.split_last().map(|(_, before)| before.join(" and ")).filter(|names| !names.is_empty());
    let through = through.map_or_else(String::new, |names| format!(", asked for through {names}"));
    noted(format!("{} needs", closure.asker(missing.by, subject.name)), &missing.name, note + &through)
}

fn unreadable(image: &Image, evidence: Vec<Line>) -> Outcome {
    Outcome::cannot_tell(Message {
        title: title(&[]).to_owned(),
        evidence,
        help: vec![format!("if these files of {} are whole: --allow GB202", image.name)],
        ..Message::default()
    })
}

fn title(missing: &[&str]) -> &'static str {
    match missing.len() {
        0 => "it is not known whether the image has every shared library of this binary",
        1 => "the image lacks a shared library of this binary",
        _ => "the image lacks shared libraries of this binary",
    }
}

fn evidence(
    subject: &Subject<'_>,
    image: &Image,
    dynamic: &Dynamic,
    missing: &[&str],
    unknown: &[&str],
) -> Vec<Line> {
    let label = format!("{} needs", subject.name);
    let missing = missing.iter().map(|soname| noted(&label, *soname, format!("not in {}", image.name)));
    let unknown = unknown.iter().map(|soname| noted(&label, *soname, format!("not known of {}", image.name)));
    missing.chain(unknown).chain(searched(subject, dynamic)).collect()
}

/// A path of the build machine explains why it worked there.
fn searched(subject: &Subject<'_>, dynamic: &Dynamic) -> Option<Line> {
    let searched = if dynamic.runpath.is_empty() { &dynamic.rpath } else { &dynamic.runpath };
    (!searched.is_empty()).then(|| line(format!("{} searches", subject.name), searched.join(":")))
}

fn production(subject: &Subject<'_>, image: &Image, soname: &str) -> Option<String> {
    let path = in_pod(subject.name);
    match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(_)) => Some(glibc_says(&path, soname)),
        Fact::Known(Libc::Musl(_)) => Some(musl_says(&path, soname)),
        // Without a known loader nobody gets as far as this.
        _ => None,
    }
}

fn production_of(subject: &Subject<'_>, closure: &Closure<'_>, missing: &Missing) -> Option<String> {
    let own = in_pod(subject.name);
    match closure.rules {
        // Without a loader nobody gets as far as this.
        _ if closure.found.is_empty() => None,
        Rules::Glibc => Some(glibc_says(&own, &missing.name)),
        Rules::Musl => Some(musl_says(closure.asker_path(missing.by).unwrap_or(&own), &missing.name)),
    }
}

fn glibc_says(path: &str, soname: &str) -> String {
    format!(
        "{path}: error while loading shared libraries: {soname}: cannot open shared object file: \
         No such file or directory"
    )
}

fn musl_says(asker: &str, soname: &str) -> String {
    format!("Error loading shared library {soname}: No such file or directory (needed by {asker})")
}

fn ways_out(subject: &Subject<'_>, image: &Image, missing: &[&str], unknown: &[&str]) -> Vec<String> {
    let of_compiler = |soname: &&str| soname.starts_with("libstdc++.so") || soname.starts_with("libgcc_s.so");
    let all = || missing.iter().chain(unknown);
    let mut help = Vec::new();
    if all().all(of_compiler) {
        let flags = "CGO_LDFLAGS=\"-O2 -g -static-libstdc++ -static-libgcc\"";
        help.push(format!("link the compiler's own libraries in: {flags} {}", rebuild(subject)));
    } else {
        help.push(format!("link them in, or build without cgo: CGO_ENABLED=0 {}", rebuild(subject)));
    }
    help.push(format!("or, if the Dockerfile adds them to {}: --allow GB202", image.name));
    help
}

#[cfg(test)]
#[path = "gb202_tests.rs"]
mod tests;
