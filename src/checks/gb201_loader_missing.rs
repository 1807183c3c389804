//! The kernel starts a dynamic binary through the loader that it names; without that file it answers "no such
//! file or directory", and means the loader.

use super::cause::{cgo_cause, unset};
use super::{Check, Outcome, Subject, architecture, closure, symbol_version};
use crate::binary::elf::{Elf, Linkage};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::Unset;
use crate::diagnostics::evidence::gb201::{Cause, Compiler, LoaderMissing, Offered, WayOut};
use crate::image::root::{Library, Root};
use crate::image::{Fact, Image, Libc, Version, loader};

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB201, run };

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
            question.cannot_tell(Offered::Elsewhere { path: there.to_owned() })
        }
        (Fact::Known(there), _) => question.misfit(there.map(str::to_owned)),
        (Fact::Unknown, Fact::Known(Libc::Uclibc)) if loader::family(asked) != Some("uClibc") => {
            Outcome::misfit(question.found(Offered::OfItsOwn, question.ways_out()))
        }
        (Fact::Unknown, Fact::Known(_)) => question.cannot_tell(Offered::SomewhereUnknown),
        (Fact::Unknown, Fact::Unknown) => question.undescribed(),
    }
}

impl Question<'_> {
    /// Somebody has looked: the path leads to a file or to nothing.
    fn in_root(self, root: &Root) -> Outcome {
        if !self.asked.starts_with('/') {
            return self.cannot_tell(Offered::RelativePath);
        }
        let Some((path, library)) = root.library(self.asked) else {
            return self.misfit(self.loader_of(root));
        };
        if closure::is_other_architecture(self.elf, library) {
            return self.of_other_architecture(path, library);
        }
        if let Some(fault) = library.inconsistencies.first() {
            return self.cannot_tell(Offered::Unreadable { path, fault: fault.clone() });
        }
        if library.mode.is_some_and(|mode| mode & 0o111 == 0) {
            return self.not_executable(path);
        }
        match (loader::family(self.asked), closure::kind_of(&path, library)) {
            (Some("glibc"), closure::Kind::Musl | closure::Kind::Gcompat)
            | (Some("musl"), closure::Kind::Glibc | closure::Kind::Gcompat) => self.stand_in(path),
            _ => Outcome::Fits,
        }
    }

    /// The path of a loader that the root has, the platform's own first.
    fn loader_of(self, root: &Root) -> Option<String> {
        let usual = [loader::glibc(self.subject.platform), loader::musl(self.subject.platform)];
        let others = root.links.keys().chain(root.elf.keys()).map(String::as_str);
        let mut all = usual.into_iter().flatten().chain(others);
        let there = all.find(|path| loader::family(path).is_some() && root.library(path).is_some());
        there.map(str::to_owned)
    }

    fn of_other_architecture(self, path: String, library: &Library) -> Outcome {
        let own = architecture::of(&self.subject.binary.format);
        let own = own.map_or_else(|| architecture::describe(self.elf), |row| row.name.to_owned());
        let offered =
            Offered::OtherArchitecture { path, own, architecture: architecture::of_library(library) };
        let ways_out = vec![WayOut::ImageOfPlatform, WayOut::BuildForImagesPlatform];
        Outcome::misfit(LoaderMissing { cause: None, ..self.found(offered, ways_out) })
    }

    /// The kernel opens the loader as it opens a program (`open_exec` in fs/exec.c).
    fn not_executable(self, path: String) -> Outcome {
        let ways_out = vec![WayOut::Chmod { path: path.clone() }, self.need_none()];
        let found = self.found(Offered::NotExecutable { path }, ways_out);
        Outcome::misfit(LoaderMissing { cause: None, ..found })
    }

    /// Another C library answers under the name: musl takes many a program of glibc's and no one can say it
    /// takes them all.
    fn stand_in(self, path: String) -> Outcome {
        let mut ways_out = self.ways_out();
        ways_out.push(WayOut::AllowKnownToRun);
        Outcome::misfit(self.found(Offered::StandIn { path }, ways_out))
    }

    fn misfit(self, there: Option<String>) -> Outcome {
        let offered = there.map_or(Offered::Nothing, |path| Offered::Another { path });
        Outcome::misfit(self.found(offered, self.ways_out()))
    }

    fn cannot_tell(self, offered: Offered) -> Outcome {
        Outcome::cannot_tell(self.found(offered, vec![self.need_none(), WayOut::AllowKnownToBeThere]))
    }

    /// Nobody knows the C library: the way out is to say it.
    fn undescribed(self) -> Outcome {
        let (libc, version) = if loader::family(self.asked) == Some("musl") {
            ("musl", Version(1, 2, 5))
        } else {
            // What GB203 would have to see, so that both name one release.
            ("glibc", symbol_version::newest_glibc(self.elf).unwrap_or(Version(2, 36, 0)))
        };
        let ways_out = vec![WayOut::Describe { libc, version }, self.need_none()];
        Outcome::cannot_tell(self.found(Offered::Undescribed { source: self.image.source.clone() }, ways_out))
    }

    fn found(self, offered: Offered, ways_out: Vec<WayOut>) -> LoaderMissing {
        LoaderMissing {
            asked: self.asked.to_owned(),
            family: loader::family(self.asked),
            offered,
            libc: self.image.libc_on(self.subject.platform),
            cause: self.cause(),
            ways_out,
        }
    }

    fn cause(self) -> Option<Cause> {
        if is_store(self.asked) {
            Some(Cause::PackageStore)
        } else if self.is_pie_without_c() {
            Some(Cause::Pie)
        } else {
            cgo_cause(self.subject).map(|cgo| Cause::Cgo { cgo })
        }
    }

    fn ways_out(self) -> Vec<WayOut> {
        let Self { subject, image, asked, .. } = self;
        let there = image.loader_on(subject.platform).known().flatten();
        if self.recorded("-race") == Some("true") && there.and_then(loader::family) != Some("glibc") {
            return vec![WayOut::WithoutRace];
        }
        if self.is_pie_without_c() {
            let named = there.map(|path| WayOut::NameInterpreter { path: path.to_owned() });
            return std::iter::once(self.need_none()).chain(named).collect();
        }
        match subject.build.cgo.as_ref().map(|cgo| cgo.value) {
            None => return vec![WayOut::Rebuild],
            // A package names libraries by itself (`//go:cgo_import_dynamic`); no compiler can help.
            Some(false) => return vec![WayOut::OtherImage],
            Some(true) => {}
        }
        let wanted = match image.libc_on(subject.platform) {
            Fact::Known(Libc::Glibc(_)) if loader::family(asked) == Some("glibc") && !is_store(asked) => {
                Compiler::Platform
            }
            Fact::Known(Libc::Glibc(_)) => Compiler::Glibc,
            _ => Compiler::Musl,
        };
        let unset = unset(subject);
        let without = (unset == Unset::Nothing).then(|| self.need_none());
        let compiler = WayOut::Compiler { wanted, unset };
        std::iter::once(compiler).chain(without).collect()
    }

    fn need_none(self) -> WayOut {
        if self.is_pie_without_c() { WayOut::WithoutPie } else { WayOut::WithoutCgo }
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
mod tests;
