//! GB203 in words.

use super::cgo;
use super::shared::{describe, image, in_pod, line, noted, rebuild, shown};
use crate::diagnostics::evidence::gb203::{AbsentVersion, AskedVersions, GlibcTooNew};
use crate::diagnostics::{About, Line, Message};

/// Version names of the compiler's own libraries, which can be linked in.
const RUNTIME: [&str; 3] = ["GLIBCXX_", "CXXABI_", "GCC_"];

pub(super) fn message(found: &GlibcTooNew, about: &About) -> Message {
    let first = found.asked.iter().find_map(|asked| asked.absent.first().map(|version| (asked, version)));
    Message {
        title: title(first.map(|(_, version)| version.name.as_str()), found).to_owned(),
        evidence: evidence(found, about),
        production: match (first, found.relr_refused.first()) {
            (Some((asked, version)), _) => Some(not_found(asked, &version.name, about)),
            (None, refused) => refused
                .map(|_| format!("{}: DT_RELR without GLIBC_ABI_DT_RELR dependency", in_pod(&about.file))),
        },
        cause: found.cgo.as_ref().map(cgo::cause),
        help: ways_out(found, about),
    }
}

fn title(first: Option<&str>, found: &GlibcTooNew) -> &'static str {
    match first {
        Some(name) if name.starts_with("GLIBC_") => "the binary needs a different glibc than the image has",
        Some(name) if is_runtime(name) => "the binary needs a newer C++ or GCC runtime than the image has",
        Some(_) => "the binary needs a different version of a library than the image has",
        None if !found.relr_refused.is_empty() => "the image's loader will reject this binary's relocations",
        None => "it is not known whether the image's libraries are new enough for this binary",
    }
}

fn is_runtime(version: &str) -> bool {
    RUNTIME.iter().any(|prefix| version.starts_with(prefix))
}

fn names(versions: &[AbsentVersion]) -> impl Iterator<Item = &str> {
    versions.iter().map(|version| version.name.as_str())
}

fn evidence(found: &GlibcTooNew, about: &About) -> Vec<Line> {
    let asked = &found.asked;
    let mut lines = Vec::new();
    for AskedVersions { by, file, absent, .. } in asked.iter().filter(|asked| !asked.absent.is_empty()) {
        lines.push(noted(
            format!("{by} asks for"),
            names(absent).collect::<Vec<_>>().join(", "),
            file.as_str(),
        ));
    }
    for AskedVersions { by, file, unknown, .. } in asked.iter().filter(|asked| !asked.unknown.is_empty()) {
        let note = format!("{file}, not known of {}", image(about));
        lines.push(noted(format!("{by} asks for"), unknown.join(", "), note));
    }
    for version in asked.iter().flat_map(|asked| &asked.absent).filter(|one| !one.functions.is_empty()) {
        lines.push(line(format!("{} is for", version.name), shown(&version.functions)));
    }
    let mut offers: Vec<&String> = asked.iter().filter_map(|asked| asked.has.as_ref()).collect();
    offers.dedup();
    lines.extend(offers.into_iter().map(|offer| line(format!("{} has", image(about)), offer)));
    let refused = found.relr_refused.iter();
    lines.extend(refused.map(|file| noted(format!("{file} has"), "DT_RELR", "without GLIBC_ABI_DT_RELR")));
    lines
}

/// What the loader prints (`elf/dl-version.c`).
fn not_found(asked: &AskedVersions, version: &str, about: &About) -> String {
    let provider = asked.path.clone().unwrap_or_else(|| format!("…/{}", asked.file));
    let path = in_pod(&about.file);
    let by = asked.by_path.as_deref().unwrap_or(&path);
    format!("{path}: {provider}: version `{version}' not found (required by {by})")
}

fn ways_out(found: &GlibcTooNew, about: &About) -> Vec<String> {
    let all = || {
        found.asked.iter().flat_map(|one| names(&one.absent).chain(one.unknown.iter().map(String::as_str)))
    };
    let absent = found.asked.iter().any(|asked| !asked.absent.is_empty());
    let mut help = Vec::new();
    match (found.newest, found.image_glibc, &about.image) {
        (Some(_), Some(there), _) => help.push(format!(
            "{}link against the image's glibc {there}: pip install ziglang",
            cgo::unset(found.unset)
        )),
        (Some(newest), None, Some(image)) => help.push(describe(image, &format!("glibc {newest}"))),
        _ => {}
    }
    if let Some(newest) = found.newest.filter(|_| absent) {
        help.push(format!("or use an image with glibc {newest} or newer: gobuild image list"));
    }
    if all().any(is_runtime) {
        let flags = "CGO_LDFLAGS=\"-O2 -g -static-libstdc++ -static-libgcc\"";
        help.push(format!("link in the compiler's own libraries: {flags} {}", rebuild(about)));
    }
    if !found.relr_refused.is_empty() {
        help.push("leave -Wl,-z,pack-relative-relocs out of CGO_LDFLAGS and -extldflags".to_owned());
    }
    help.push(format!("or build without cgo: CGO_ENABLED=0 {}", rebuild(about)));
    help
}
