//! Symbol versions that the image's glibc, or its C++ and GCC runtime, does not define yet.
//!
//! The rule is glibc's own (`elf/dl-version.c`): every version name that is asked of a library has to be
//! defined by it, unless it is asked for weakly.

use super::symbol_version::{self, Answer};
use super::words::{cgo_cause, describe, in_pod, line, noted, rebuild, unset};
use super::{Check, Details, Evidence, Outcome, Severity, Subject, architecture, libc};
use crate::binary::elf::{Dynamic, VersionNeed};
use crate::image::{Fact, Image, Libc, Version};

pub(super) static CHECK: Check = Check {
    id: "GB203",
    name: "glibc-too-new",
    severity: Severity::Error,
    summary: "the binary was linked against a newer glibc or C++ runtime than the image has",
    page: include_str!("../../docs/checks/GB203.md"),
    run,
};

/// What one library was asked for and does not offer, or may not.
#[derive(Default)]
struct Asked<'a> {
    file: &'a str,
    absent: Vec<&'a str>,
    unknown: Vec<&'a str>,
    /// What the library is there instead.
    has: Option<String>,
}

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(image) = subject.image.filter(|_| subject.platform.os == "linux") else { return Outcome::Fits };
    let Some(dynamic) = subject.binary.elf().and_then(|elf| elf.dynamic.as_ref()) else {
        return Outcome::Fits;
    };
    let glibc = match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(version)) => version,
        Fact::Unknown => Fact::Unknown,
        // musl has no symbol versions and reads none.
        Fact::Known(_) => return Outcome::Fits,
    };
    let asked: Vec<Asked<'_>> = dynamic
        .verneed
        .iter()
        // A library that is not there defines nothing, which GB202 says once for all its versions.
        .filter(|need| {
            libc::is_glibc(&need.file) || image.library_on(subject.platform, &need.file) != Fact::Known(false)
        })
        .map(|need| ask(image, glibc, need))
        .filter(|asked| !asked.absent.is_empty() || !asked.unknown.is_empty())
        .collect();
    let refused = relr_without_its_node(dynamic);
    if asked.is_empty() && !refused {
        return Outcome::Fits;
    }
    let certain = refused || asked.iter().any(|asked| !asked.absent.is_empty());
    let details = details(subject, image, &asked, refused);
    if certain { Outcome::Misfit(details) } else { Outcome::CannotTell(details) }
}

fn ask<'a>(image: &Image, glibc: Fact<Version>, need: &'a VersionNeed) -> Asked<'a> {
    let mut asked = Asked { file: &need.file, ..Asked::default() };
    for version in need.versions.iter().filter(|version| !version.weak) {
        match symbol_version::answer(image, glibc, &version.name) {
            Answer::Defined => {}
            Answer::Absent(has) => {
                asked.absent.push(&version.name);
                asked.has.get_or_insert(has);
            }
            Answer::Unknown => asked.unknown.push(&version.name),
        }
    }
    // The linker's order says nothing to people: 2.9 before 2.34.
    for names in [&mut asked.absent, &mut asked.unknown] {
        names.sort_by_key(|name| (symbol_version::glibc_release(name), *name));
    }
    asked
}

/// A loader that knows packed relocations refuses them without the node that says so; an older one would
/// not apply them and crash.
fn relr_without_its_node(dynamic: &Dynamic) -> bool {
    let mut names = dynamic.verneed.iter().flat_map(|need| &need.versions);
    dynamic.relr
        && !dynamic.verneed.is_empty()
        && dynamic.needed.iter().any(|soname| soname.starts_with("libc.so."))
        && !names.any(|version| version.name == "GLIBC_ABI_DT_RELR")
}

fn details(subject: &Subject<'_>, image: &Image, asked: &[Asked<'_>], refused: bool) -> Details {
    let first = asked.iter().find_map(|asked| asked.absent.first().map(|name| (asked.file, *name)));
    let title = match (first, refused) {
        (Some((_, name)), _) if name.starts_with("GLIBC_") => {
            "the binary needs another glibc than the image has"
        }
        (Some(_), _) => "the binary needs a newer C++ or GCC runtime than the image has",
        (None, true) => "the image's loader will refuse the relocations of this binary",
        (None, false) => "it is not known whether the image's libraries are new enough for this binary",
    };
    let production = match first {
        Some((file, name)) => Some(not_found(subject, image, file, name)),
        None => {
            refused.then(|| format!("{}: DT_RELR without GLIBC_ABI_DT_RELR dependency", in_pod(subject.name)))
        }
    };
    Details {
        title: title.to_owned(),
        evidence: evidence(subject, image, asked, refused),
        production,
        cause: cgo_cause(subject),
        help: ways_out(subject, image, asked, refused),
    }
}

fn evidence(subject: &Subject<'_>, image: &Image, asked: &[Asked<'_>], refused: bool) -> Vec<Evidence> {
    let asks = format!("{} asks for", subject.name);
    let has = format!("{} has", image.name);
    let mut lines = Vec::new();
    for Asked { file, absent, .. } in asked.iter().filter(|asked| !asked.absent.is_empty()) {
        lines.push(noted(&asks, absent.join(", "), *file));
    }
    for Asked { file, unknown, .. } in asked.iter().filter(|asked| !asked.unknown.is_empty()) {
        lines.push(noted(&asks, unknown.join(", "), format!("{file}, not known of {}", image.name)));
    }
    let mut offers: Vec<&String> = asked.iter().filter_map(|asked| asked.has.as_ref()).collect();
    offers.dedup();
    lines.extend(offers.into_iter().map(|offer| line(&has, offer)));
    if refused {
        lines.push(noted(format!("{} has", subject.name), "DT_RELR", "without GLIBC_ABI_DT_RELR"));
    }
    lines
}

/// What the loader prints. Its library directory is known for Debian's family alone.
fn not_found(subject: &Subject<'_>, image: &Image, file: &str, name: &str) -> String {
    let debian = ["debian", "ubuntu", "distroless"].iter().any(|word| image.name.contains(word));
    let tuple = architecture::of_name(&subject.platform.arch).filter(|_| debian).map(|row| row.tuple);
    let directory = tuple.map_or_else(|| "…".to_owned(), |tuple| format!("/lib/{tuple}"));
    let path = in_pod(subject.name);
    format!("{path}: {directory}/{file}: version `{name}' not found (required by {path})")
}

fn ways_out(subject: &Subject<'_>, image: &Image, asked: &[Asked<'_>], refused: bool) -> Vec<String> {
    let names = || asked.iter().flat_map(|asked| asked.absent.iter().chain(&asked.unknown));
    let absent = asked.iter().any(|asked| !asked.absent.is_empty());
    let newest = names().filter_map(|name| symbol_version::glibc_release(name)).max();
    let mut help = Vec::new();
    match (newest, image.libc_on(subject.platform)) {
        (Some(_), Fact::Known(Libc::Glibc(Fact::Known(there)))) => {
            help.push(format!(
                "{}link against the image's glibc {there}: pip install ziglang",
                unset(subject)
            ));
        }
        (Some(newest), _) => help.push(describe(image, &format!("glibc {newest}"))),
        (None, _) => {}
    }
    if let Some(newest) = newest.filter(|_| absent) {
        help.push(format!("or take an image with glibc {newest} or newer: gobuild image list"));
    }
    if names().any(|name| !name.starts_with("GLIBC_")) {
        let flags = "CGO_LDFLAGS=\"-O2 -g -static-libstdc++ -static-libgcc\"";
        help.push(format!("link the compiler's own libraries in: {flags} {}", rebuild(subject)));
    }
    if refused {
        help.push("leave -Wl,-z,pack-relative-relocs out of CGO_LDFLAGS and -extldflags".to_owned());
    }
    help.push(format!("or build without cgo: CGO_ENABLED=0 {}", rebuild(subject)));
    help
}

#[cfg(test)]
#[path = "gb203_tests.rs"]
mod tests;
