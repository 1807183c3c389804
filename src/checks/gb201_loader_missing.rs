//! The kernel starts a dynamic binary through the loader that it names; without that file it answers "no such
//! file or directory", and means the loader.

use super::words::{cgo_cause, describe, in_pod, line, noted, rebuild, unset};
use super::{Check, Details, Evidence, Outcome, Severity, Subject};
use crate::binary::elf::{Elf, Linkage};
use crate::image::{Fact, Image, Libc, loader};

pub(super) static CHECK: Check = Check {
    id: "GB201",
    name: "loader-missing",
    severity: Severity::Error,
    summary: "the binary names a loader that the image does not have",
    page: include_str!("../../docs/checks/GB201.md"),
    run,
};

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(elf)) = (subject.image, subject.binary.elf()) else { return Outcome::Fits };
    if subject.expects_library() || elf.linkage() != Linkage::Dynamic || subject.platform.os != "linux" {
        return Outcome::Fits;
    }
    let Some(asked) = elf.interpreter.as_deref() else { return Outcome::Fits };
    let libc = image.libc_on(subject.platform);
    match (image.loader_on(subject.platform), libc) {
        (Fact::Known(Some(there)), _) if there == asked => Outcome::Fits,
        // The same file in another directory may be a link, as on systems with a merged /usr.
        (Fact::Known(Some(there)), _) if base(there) == base(asked) && !is_store(asked) => {
            Outcome::CannotTell(unknown(
                subject,
                image,
                asked,
                noted(has(image), there, kind(image, subject)),
            ))
        }
        (Fact::Known(Some(there)), _) => {
            missing(subject, image, elf, asked, noted(has(image), there, kind(image, subject)))
        }
        (Fact::Known(None), _) => {
            missing(subject, image, elf, asked, noted(has(image), "no loader", kind(image, subject)))
        }
        (Fact::Unknown, Fact::Known(Libc::Uclibc)) if loader::family(asked) != Some("uClibc") => {
            missing(subject, image, elf, asked, line(has(image), "the loader of uClibc"))
        }
        (Fact::Unknown, Fact::Known(_)) => {
            let there = format!("a loader at an unknown place on {}", subject.platform);
            Outcome::CannotTell(unknown(
                subject,
                image,
                asked,
                noted(has(image), there, kind(image, subject)),
            ))
        }
        (Fact::Unknown, Fact::Unknown) => {
            let there = noted(has(image), "an unknown C library", image.source.to_string());
            let mut details = unknown(subject, image, asked, there);
            details.help = vec![
                describe(image, example(asked)),
                format!("or need none: CGO_ENABLED=0 {}", rebuild(subject)),
            ];
            Outcome::CannotTell(details)
        }
    }
}

fn missing(subject: &Subject<'_>, image: &Image, elf: &Elf, asked: &str, there: Evidence) -> Outcome {
    let pie = is_pie_without_c(subject, elf);
    let cause = if is_store(asked) {
        Some("the loader is in a package store of the machine that linked it".to_owned())
    } else if pie {
        Some("-buildmode=pie writes a loader into the file even without cgo".to_owned())
    } else {
        cgo_cause(subject)
    };
    Outcome::Misfit(Details {
        title: "the image has no loader for this binary".to_owned(),
        evidence: vec![asks(subject, asked), there],
        production: Some(format!("exec {}: no such file or directory", in_pod(subject.name))),
        cause,
        help: ways_out(subject, image, asked, pie),
    })
}

fn ways_out(subject: &Subject<'_>, image: &Image, asked: &str, pie: bool) -> Vec<String> {
    let there = image.loader_on(subject.platform).known().flatten();
    let race = subject.binary.build_info().and_then(|info| info.setting("-race")) == Some("true");
    if race && there.and_then(loader::family) != Some("glibc") {
        return vec![
            "leave out -race, which needs glibc, or take an image that has it: gobuild image list".to_owned(),
        ];
    }
    if pie {
        let plain =
            format!("leave out -buildmode=pie, GOFLAGS included: {} -buildmode=exe", rebuild(subject));
        let named = there.map(|path| format!("or name the image's loader: -ldflags=-I={path}"));
        return std::iter::once(plain).chain(named).collect();
    }
    if subject.build.cgo.is_none() {
        return vec![format!("build it for this image: {}", rebuild(subject))];
    }
    let wanted = match image.libc_on(subject.platform) {
        Fact::Known(Libc::Glibc(_)) if loader::family(asked) == Some("glibc") && !is_store(asked) => {
            format!("a compiler for {}", subject.platform)
        }
        Fact::Known(Libc::Glibc(_)) => "a compiler for glibc".to_owned(),
        _ => "a musl compiler".to_owned(),
    };
    let mut help = vec![format!("{}give {wanted}: pip install ziglang", unset(subject))];
    if unset(subject).is_empty() {
        help.push(format!("or build without cgo: CGO_ENABLED=0 {}", rebuild(subject)));
    }
    help
}

fn unknown(subject: &Subject<'_>, image: &Image, asked: &str, there: Evidence) -> Details {
    Details {
        title: "it is not known whether the image has a loader for this binary".to_owned(),
        evidence: vec![asks(subject, asked), there],
        production: Some(format!("exec {}: no such file or directory", in_pod(subject.name))),
        cause: cgo_cause(subject),
        help: vec![
            format!("need none: CGO_ENABLED=0 {}", rebuild(subject)),
            format!("or, if {asked} is in {}: --allow GB201", image.name),
        ],
    }
}

fn asks(subject: &Subject<'_>, asked: &str) -> Evidence {
    let label = format!("{} asks for", subject.name);
    Evidence { note: loader::family(asked).map(str::to_owned), ..line(label, asked) }
}

fn has(image: &Image) -> String {
    format!("{} has", image.name)
}

fn kind(image: &Image, subject: &Subject<'_>) -> String {
    image.libc_on(subject.platform).known().map_or_else(String::new, |libc| libc.to_string())
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Nix and Guix: absolute paths with a hash that no other file system has.
fn is_store(path: &str) -> bool {
    path.starts_with("/nix/store/") || path.starts_with("/gnu/store/")
}

/// Nobody linked any library, and still a loader is named.
fn is_pie_without_c(subject: &Subject<'_>, elf: &Elf) -> bool {
    let info = subject.binary.build_info();
    let pie = subject.build.mode == "pie" || info.and_then(|info| info.setting("-buildmode")) == Some("pie");
    pie && elf.dynamic.as_ref().is_none_or(|dynamic| dynamic.needed.is_empty())
}

/// A plausible value to start from; the help says how to find the right one.
fn example(asked: &str) -> &'static str {
    if loader::family(asked) == Some("musl") { "musl 1.2.5" } else { "glibc 2.36" }
}

#[cfg(test)]
#[path = "gb201_tests.rs"]
mod tests;
