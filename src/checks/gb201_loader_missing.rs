//! The kernel starts a dynamic binary through the loader that it names; without that file it answers "no such
//! file or directory", and means the loader.

use super::words::{cgo_cause, describe, in_pod, line, noted, rebuild, unset};
use super::{Check, Details, Evidence, Outcome, Severity, Subject, architecture, closure, symbol_version};
use crate::binary::elf::{Elf, Linkage};
use crate::image::root::{Library, Root};
use crate::image::{Fact, Image, Libc, Version, loader};

pub(super) static CHECK: Check = Check {
    id: "GB201",
    name: "loader-missing",
    severity: Severity::Error,
    summary: "the binary names a loader that the image does not have",
    page: include_str!("../../docs/checks/GB201.md"),
    run,
};

/// What is asked, by whom, of whom.
#[derive(Clone, Copy)]
struct Question<'a> {
    subject: &'a Subject<'a>,
    image: &'a Image,
    elf: &'a Elf,
    /// The path in `PT_INTERP`.
    asked: &'a str,
}

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(elf)) = (subject.image, subject.binary.elf()) else { return Outcome::Fits };
    if subject.expects_library() || elf.linkage() != Linkage::Dynamic || subject.platform.os != "linux" {
        return Outcome::Fits;
    }
    let Some(asked) = elf.interpreter.as_deref() else { return Outcome::Fits };
    let question = Question { subject, image, elf, asked };
    if let Some(root) = &image.root {
        return question.in_root(root);
    }
    match (image.loader_on(subject.platform), image.libc_on(subject.platform)) {
        (Fact::Known(Some(there)), _) if there == asked => Outcome::Fits,
        // The same file in another directory may be a link, as on systems with a merged /usr.
        (Fact::Known(Some(there)), _) if base(there) == base(asked) && !is_store(asked) => {
            question.cannot_tell(there)
        }
        (Fact::Known(there), _) => question.misfit(there.unwrap_or("no loader")),
        (Fact::Unknown, Fact::Known(Libc::Uclibc)) if loader::family(asked) != Some("uClibc") => {
            question.misfit("its own loader")
        }
        (Fact::Unknown, Fact::Known(_)) => question.cannot_tell("a loader at an unknown place"),
        (Fact::Unknown, Fact::Unknown) => question.undescribed(),
    }
}

impl Question<'_> {
    /// Somebody has looked: the path leads to a file or to nothing.
    fn in_root(self, root: &Root) -> Outcome {
        if !self.asked.starts_with('/') {
            return self.cannot_tell("a folder to start it in that is not known");
        }
        let Some((real, library)) = root.library(self.asked) else {
            return self.misfit(&self.loader_of(root));
        };
        if closure::is_other_architecture(self.elf, library) {
            return self.of_other_architecture(&real, library);
        }
        if let Some(fault) = library.inconsistencies.first() {
            return self.cannot_tell(&format!("{real}, which cannot be read: {fault}"));
        }
        if library.mode.is_some_and(|mode| mode & 0o111 == 0) {
            return self.not_executable(&real);
        }
        match (loader::family(self.asked), closure::kind_of(&real, library)) {
            (Some("glibc"), closure::Kind::Musl | closure::Kind::Gcompat)
            | (Some("musl"), closure::Kind::Glibc | closure::Kind::Gcompat) => self.stand_in(&real),
            _ => Outcome::Fits,
        }
    }

    /// The path of a loader that the root has, the platform's own first.
    fn loader_of(self, root: &Root) -> String {
        let usual = [loader::glibc(self.subject.platform), loader::musl(self.subject.platform)];
        let others = root.links.keys().chain(root.elf.keys()).map(String::as_str);
        let mut all = usual.into_iter().flatten().chain(others);
        let there = all.find(|path| loader::family(path).is_some() && root.library(path).is_some());
        there.unwrap_or("no loader").to_owned()
    }

    fn of_other_architecture(self, real: &str, library: &Library) -> Outcome {
        let Self { subject, image, elf, asked } = self;
        let own = architecture::of(&subject.binary.format);
        let own = own.map_or_else(|| architecture::describe(elf), |row| row.name.to_owned());
        Outcome::Misfit(Details {
            title: "the image's loader is for another architecture".to_owned(),
            evidence: vec![
                noted(format!("{} asks for", subject.name), asked, own),
                noted(format!("{} has", image.name), real, architecture::of_library(library)),
            ],
            production: Some(format!("exec {}: accessing a corrupted shared library", in_pod(subject.name))),
            cause: None,
            help: vec![
                format!("take the image of this platform: docker pull --platform {}", subject.platform),
                format!("or build for the image's platform: {}", rebuild(subject)),
            ],
        })
    }

    /// The kernel opens the loader as it opens a program (`open_exec` in fs/exec.c).
    fn not_executable(self, real: &str) -> Outcome {
        let mut details = self.details(real);
        "the image's loader is not executable".clone_into(&mut details.title);
        details.evidence[1].note = Some("without the right to execute it".to_owned());
        details.production = Some(format!("exec {}: permission denied", in_pod(self.subject.name)));
        details.cause = None;
        let help = vec![format!("RUN chmod 755 {real} in the image"), self.need_none()];
        Outcome::Misfit(Details { help, ..details })
    }

    /// Another C library answers under the name: musl takes many a program of glibc's and no one can say it
    /// takes them all.
    fn stand_in(self, real: &str) -> Outcome {
        let mut help = self.ways_out();
        help.push(format!("or, if it is known to run with what {} has: --allow GB201", self.image.name));
        let mut details = self.details(real);
        "another C library answers for the loader of this binary".clone_into(&mut details.title);
        details.evidence[1].note = Some("under that name".to_owned());
        details.production = None;
        Outcome::Misfit(Details { help, ..details })
    }

    fn misfit(self, there: &str) -> Outcome {
        Outcome::Misfit(Details {
            title: "the image has no loader for this binary".to_owned(),
            help: self.ways_out(),
            ..self.details(there)
        })
    }

    fn cannot_tell(self, there: &str) -> Outcome {
        let accept = format!("or, if {} has {}: --allow GB201", self.image.name, self.asked);
        Outcome::CannotTell(Details { help: vec![self.need_none(), accept], ..self.details(there) })
    }

    /// Nobody knows the C library: the way out is to say it.
    fn undescribed(self) -> Outcome {
        let mut details = self.details("an unknown C library");
        details.evidence[1].note = Some(self.image.source.to_string());
        let libc = if loader::family(self.asked) == Some("musl") {
            "musl 1.2.5".to_owned()
        } else {
            // What GB203 would have to see, so that both name one release.
            format!("glibc {}", symbol_version::newest_glibc(self.elf).unwrap_or(Version(2, 36, 0)))
        };
        details.help = vec![describe(self.image, &libc), format!("or {}", self.need_none())];
        Outcome::CannotTell(details)
    }

    fn details(self, there: &str) -> Details {
        let Self { subject, image, asked, .. } = self;
        let family = loader::family(asked).map(str::to_owned);
        let libc = image.libc_on(subject.platform).known().map(|libc| libc.to_string());
        Details {
            title: "it is not known whether the image has a loader for this binary".to_owned(),
            evidence: vec![
                Evidence { note: family, ..line(format!("{} asks for", subject.name), asked) },
                Evidence { note: libc, ..line(format!("{} has", image.name), there) },
            ],
            production: Some(format!("exec {}: no such file or directory", in_pod(subject.name))),
            cause: self.cause(),
            help: Vec::new(),
        }
    }

    fn cause(self) -> Option<String> {
        if is_store(self.asked) {
            Some("the loader is in a package store of the machine that linked it".to_owned())
        } else if self.is_pie_without_c() {
            Some("-buildmode=pie writes a loader into the file even without cgo".to_owned())
        } else {
            cgo_cause(self.subject)
        }
    }

    fn ways_out(self) -> Vec<String> {
        let Self { subject, image, asked, .. } = self;
        let there = image.loader_on(subject.platform).known().flatten();
        if self.recorded("-race") == Some("true") && there.and_then(loader::family) != Some("glibc") {
            let help = "leave out -race, which needs glibc, or take an image that has it: gobuild image list";
            return vec![help.to_owned()];
        }
        if self.is_pie_without_c() {
            let named = there.map(|path| format!("or name the image's loader: -ldflags=-I={path}"));
            return std::iter::once(self.need_none()).chain(named).collect();
        }
        match subject.build.cgo.as_ref().map(|cgo| cgo.value) {
            None => return vec![format!("build it for this image: {}", rebuild(subject))],
            // A package names libraries by itself (`//go:cgo_import_dynamic`); no compiler can help.
            Some(false) => return vec!["take an image that has this loader: gobuild image list".to_owned()],
            Some(true) => {}
        }
        let wanted = match image.libc_on(subject.platform) {
            Fact::Known(Libc::Glibc(_)) if loader::family(asked) == Some("glibc") && !is_store(asked) => {
                format!("a compiler for {}", subject.platform)
            }
            Fact::Known(Libc::Glibc(_)) => "a compiler for glibc".to_owned(),
            _ => "a musl compiler".to_owned(),
        };
        let unset = unset(subject);
        let compiler = format!("{unset}give {wanted}: pip install ziglang");
        let without = unset.is_empty().then(|| format!("or {}", self.need_none()));
        std::iter::once(compiler).chain(without).collect()
    }

    fn need_none(self) -> String {
        let rebuild = rebuild(self.subject);
        if self.is_pie_without_c() {
            format!("leave out -buildmode=pie, GOFLAGS included: {rebuild} -buildmode=exe")
        } else {
            format!("build without cgo: CGO_ENABLED=0 {rebuild}")
        }
    }

    /// Nobody linked any library, and still a loader is named.
    fn is_pie_without_c(self) -> bool {
        let pie = self.subject.build.mode == "pie" || self.recorded("-buildmode") == Some("pie");
        pie && self.elf.dynamic.as_ref().is_none_or(|dynamic| dynamic.needed.is_empty())
    }

    fn recorded(&self, key: &str) -> Option<&str> {
        self.subject.binary.build_info()?.setting(key)
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Nix and Guix: absolute paths with a hash that no other file system has.
fn is_store(path: &str) -> bool {
    path.starts_with("/nix/store/") || path.starts_with("/gnu/store/")
}

#[cfg(test)]
#[path = "gb201_tests.rs"]
mod tests;
