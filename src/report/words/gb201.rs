//! GB201 in words.

use super::cgo;
use super::shared::{describe, image, in_pod, line, rebuild};
use crate::diagnostics::evidence::gb201::{Cause, Compiler, LoaderMissing, Offered, WayOut};
use crate::diagnostics::{About, Line, Message};

pub(super) fn message(found: &LoaderMissing, about: &About) -> Message {
    Message {
        title: title(&found.offered).to_owned(),
        evidence: evidence(found, about),
        production: production(&found.offered, about),
        cause: found.cause.as_ref().map(cause),
        help: found.ways_out.iter().enumerate().map(|(at, way)| help(at, way, found, about)).collect(),
    }
}

fn title(offered: &Offered) -> &'static str {
    match offered {
        Offered::Nothing | Offered::Another { .. } | Offered::OfItsOwn => {
            "the image has no loader for this binary"
        }
        Offered::OtherArchitecture { .. } => "the image's loader is for another architecture",
        Offered::NotExecutable { .. } => "the image's loader is not executable",
        Offered::StandIn { .. } => "another C library stands in for this binary's loader",
        Offered::Elsewhere { .. }
        | Offered::SomewhereUnknown
        | Offered::RelativePath
        | Offered::Undescribed { .. }
        | Offered::Unreadable { .. } => "it is not known whether the image has a loader for this binary",
    }
}

fn evidence(found: &LoaderMissing, about: &About) -> Vec<Line> {
    let asked = found.asked.as_str();
    let own = match &found.offered {
        Offered::OtherArchitecture { own, .. } => Some(own.clone()),
        _ => found.family.map(str::to_owned),
    };
    let libc = || found.libc.known().map(|libc| libc.to_string());
    let (there, note) = match &found.offered {
        Offered::Nothing => ("no loader".to_owned(), libc()),
        Offered::OfItsOwn => ("its own loader".to_owned(), libc()),
        Offered::Another { path } | Offered::Elsewhere { path } => (path.clone(), libc()),
        Offered::SomewhereUnknown => ("a loader in an unknown place".to_owned(), libc()),
        Offered::RelativePath => ("an unknown working directory".to_owned(), libc()),
        Offered::Undescribed { source } => ("an unknown C library".to_owned(), Some(source.to_string())),
        Offered::Unreadable { path, fault } => (format!("{path}, which cannot be read: {fault}"), libc()),
        Offered::OtherArchitecture { path, architecture, .. } => (path.clone(), Some(architecture.clone())),
        Offered::NotExecutable { path } => (path.clone(), Some("not executable".to_owned())),
        Offered::StandIn { path } => (path.clone(), Some("under that name".to_owned())),
    };
    vec![
        Line { note: own, ..line(format!("{} asks for", about.file), asked) },
        Line { note, ..line(format!("{} has", image(about)), there) },
    ]
}

/// The kernel's answer (`load_elf_binary` and `open_exec`), or the loader's own.
fn production(offered: &Offered, about: &About) -> Option<String> {
    let reason = match offered {
        Offered::StandIn { .. } => return None,
        Offered::OtherArchitecture { .. } => "accessing a corrupted shared library",
        Offered::NotExecutable { .. } => "permission denied",
        _ => "no such file or directory",
    };
    Some(format!("exec {}: {reason}", in_pod(&about.file)))
}

fn cause(cause: &Cause) -> String {
    match cause {
        Cause::PackageStore => "the loader is in a package store of the machine that linked it".to_owned(),
        Cause::Pie => "-buildmode=pie writes a loader into the file even without cgo".to_owned(),
        Cause::Cgo { cgo } => cgo::cause(cgo),
    }
}

/// `at` is its place in the list: what follows another way begins with "or".
fn help(at: usize, way: &WayOut, found: &LoaderMissing, about: &About) -> String {
    let or = if at == 0 || matches!(found.offered, Offered::NotExecutable { .. }) { "" } else { "or " };
    match way {
        WayOut::ImageOfPlatform => {
            format!("pull the image for this platform: docker pull --platform {}", about.platform)
        }
        WayOut::BuildForImagesPlatform => format!("{or}build for the image's platform: {}", rebuild(about)),
        WayOut::Chmod { path } => format!("RUN chmod 755 {path} in the image"),
        WayOut::WithoutCgo => format!("{or}build without cgo: CGO_ENABLED=0 {}", rebuild(about)),
        WayOut::WithoutPie => {
            format!("{or}leave out -buildmode=pie, GOFLAGS included: {} -buildmode=exe", rebuild(about))
        }
        WayOut::AllowKnownToRun => {
            format!("or, if it is known to run with what {} has: --allow GB201", image(about))
        }
        WayOut::AllowKnownToBeThere => {
            format!("or, if {} has {}: --allow GB201", image(about), found.asked)
        }
        WayOut::Describe { libc, version } => about
            .image
            .as_ref()
            .map_or_else(String::new, |image| describe(image, &format!("{libc} {version}"))),
        WayOut::WithoutRace => {
            "leave out -race, which needs glibc, or use an image that has it: gobuild image list".to_owned()
        }
        WayOut::NameInterpreter { path } => format!("or name the image's loader: -ldflags=-I={path}"),
        WayOut::Rebuild => format!("build it for this image: {}", rebuild(about)),
        WayOut::OtherImage => "use an image that has this loader: gobuild image list".to_owned(),
        WayOut::Compiler { wanted, unset } => {
            let unset = cgo::unset(*unset);
            let wanted = match wanted {
                Compiler::Platform => format!("a compiler for {}", about.platform),
                Compiler::Glibc => "a compiler for glibc".to_owned(),
                Compiler::Musl => "a musl compiler".to_owned(),
            };
            format!("{unset}install {wanted}: pip install ziglang")
        }
    }
}
