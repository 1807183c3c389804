//! Symbol versions that the image's glibc, or its C++ and GCC runtime, does not define yet.
//!
//! The rule is glibc's own (`elf/dl-version.c`): every version name that is asked of a library has to be
//! defined by it, unless it is asked for weakly.

use super::asked::{self, Asked};
use super::closure::{self, Rules};
use super::words::{cgo_cause, describe, in_pod, line, noted, rebuild, unset};
use super::{Check, Outcome, Subject, architecture, symbol_version};
use crate::diagnostics::{Line, Message, catalog};
use crate::image::{Fact, Image, Libc};

/// Version names of the compiler's own libraries, which can be linked in.
const RUNTIME: [&str; 3] = ["GLIBCXX_", "CXXABI_", "GCC_"];

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
    let refused = asked::relr_without_its_node(subject, dynamic, closure.as_ref());
    if asked.is_empty() && refused.is_empty() {
        return Outcome::Fits;
    }
    let certain = !refused.is_empty() || asked.iter().any(|asked| !asked.absent.is_empty());
    let details = details(subject, image, &asked, &refused);
    if certain { Outcome::misfit(details) } else { Outcome::cannot_tell(details) }
}

fn details(subject: &Subject<'_>, image: &Image, asked: &[Asked<'_>], refused: &[String]) -> Message {
    let first = asked.iter().find_map(|asked| asked.absent.first().map(|name| (asked, *name)));
    let title = match (first, refused.is_empty()) {
        (Some((_, name)), _) if name.starts_with("GLIBC_") => {
            "the binary needs another glibc than the image has"
        }
        (Some((_, name)), _) if RUNTIME.iter().any(|prefix| name.starts_with(prefix)) => {
            "the binary needs a newer C++ or GCC runtime than the image has"
        }
        (Some(_), _) => "the binary needs another version of a library than the image has",
        (None, false) => "the image's loader will refuse the relocations of this binary",
        (None, true) => "it is not known whether the image's libraries are new enough for this binary",
    };
    let production = match (first, refused.first()) {
        (Some((asked, name)), _) => Some(not_found(subject, image, asked, name)),
        (None, refused) => {
            refused.map(|_| format!("{}: DT_RELR without GLIBC_ABI_DT_RELR dependency", in_pod(subject.name)))
        }
    };
    Message {
        title: title.to_owned(),
        evidence: evidence(subject, image, asked, refused),
        production,
        cause: cgo_cause(subject),
        help: ways_out(subject, image, asked, !refused.is_empty()),
    }
}

fn evidence(subject: &Subject<'_>, image: &Image, asked: &[Asked<'_>], refused: &[String]) -> Vec<Line> {
    let has = format!("{} has", image.name);
    let mut lines = Vec::new();
    for Asked { by, file, absent, .. } in asked.iter().filter(|asked| !asked.absent.is_empty()) {
        lines.push(noted(format!("{by} asks for"), absent.join(", "), *file));
    }
    for Asked { by, file, unknown, .. } in asked.iter().filter(|asked| !asked.unknown.is_empty()) {
        let note = format!("{file}, not known of {}", image.name);
        lines.push(noted(format!("{by} asks for"), unknown.join(", "), note));
    }
    let own = asked.iter().filter(|asked| asked.by_path.is_none());
    for (file, name) in own.flat_map(|asked| asked.absent.iter().map(|name| (asked.file, *name))) {
        lines.extend(pulled_by(subject, file, name));
    }
    let mut offers: Vec<&String> = asked.iter().filter_map(|asked| asked.has.as_ref()).collect();
    offers.dedup();
    lines.extend(offers.into_iter().map(|offer| line(&has, offer)));
    lines.extend(
        refused.iter().map(|file| noted(format!("{file} has"), "DT_RELR", "without GLIBC_ABI_DT_RELR")),
    );
    lines
}

/// The functions that a version is asked for, a handful at most.
fn pulled_by(subject: &Subject<'_>, file: &str, name: &str) -> Option<Line> {
    const SHOWN: usize = 5;
    let functions = asked::functions(subject, file, name);
    let more = functions.len().saturating_sub(SHOWN);
    let shown = functions.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!shown.is_empty()).then(|| line(format!("{name} is for"), shown + &more))
}

/// What the loader prints. Where the image was not read, its library directory is known for Debian's family
/// alone.
fn not_found(subject: &Subject<'_>, image: &Image, asked: &Asked<'_>, name: &str) -> String {
    let debian = ["debian", "ubuntu", "distroless"].iter().any(|word| image.name.contains(word));
    let tuple = architecture::of_name(&subject.platform.arch).filter(|_| debian).map(|row| row.tuple);
    let directory = tuple.map_or_else(|| "…".to_owned(), |tuple| format!("/lib/{tuple}"));
    let provider = asked.path.clone().unwrap_or_else(|| format!("{directory}/{}", asked.file));
    let path = in_pod(subject.name);
    let by = asked.by_path.as_deref().unwrap_or(&path);
    format!("{path}: {provider}: version `{name}' not found (required by {by})")
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
    if names().any(|name| RUNTIME.iter().any(|prefix| name.starts_with(prefix))) {
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
