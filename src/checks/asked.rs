//! Which symbol versions are asked of which library, and are not there.

use super::closure::{Asker, Closure};
use super::symbol_version::{self, Answer};
use super::{Subject, libc};
use crate::binary::elf::{Dynamic, VersionNeed};
use crate::image::root::Library;
use crate::image::{Fact, Image, Version};

/// What one file asks of one library that does not offer it, or may not.
#[derive(Debug, Default)]
pub(super) struct Asked<'a> {
    /// Who asks, as messages call it.
    pub(super) by: String,
    /// Its path, where it is a library of the image.
    pub(super) by_path: Option<String>,
    /// Who is asked.
    pub(super) file: &'a str,
    /// Its path, where the image was read.
    pub(super) path: Option<String>,
    /// Names that it does not define.
    pub(super) absent: Vec<&'a str>,
    /// Names of which nobody knows.
    pub(super) unknown: Vec<&'a str>,
    /// What the library is there instead.
    pub(super) has: Option<String>,
}

impl<'a> Asked<'a> {
    fn add(&mut self, name: &'a str, answer: Answer) {
        match answer {
            Answer::Defined => {}
            Answer::Absent(has) => {
                self.absent.push(name);
                self.has.get_or_insert(has);
            }
            Answer::Unknown => self.unknown.push(name),
        }
    }

    /// None where everything is there; else with the names in the order of people: 2.9 before 2.34.
    fn done(mut self) -> Option<Self> {
        for names in [&mut self.absent, &mut self.unknown] {
            names.sort_by_key(|name| (symbol_version::glibc_release(name), *name));
            names.dedup();
        }
        (!self.absent.is_empty() || !self.unknown.is_empty()).then_some(self)
    }
}

/// What a binary asks of an image of which releases are known.
pub(super) fn of_releases<'a>(
    subject: &Subject<'a>,
    image: &Image,
    glibc: Fact<Version>,
    dynamic: &'a Dynamic,
) -> Vec<Asked<'a>> {
    // A library that is not there defines nothing, which GB202 says once for all its versions.
    let there = |need: &&VersionNeed| {
        libc::is_glibc(&need.file) || image.library_on(subject.platform, &need.file) != Fact::Known(false)
    };
    let asked = dynamic.verneed.iter().filter(there).filter_map(|need| {
        let mut asked = Asked { by: subject.name.to_owned(), file: &need.file, ..Asked::default() };
        for version in need.versions.iter().filter(|version| !version.weak) {
            asked.add(&version.name, symbol_version::answer(image, glibc, &version.name));
        }
        asked.done()
    });
    asked.collect()
}

/// What the binary and every library of its closure ask of each other, as `_dl_check_map_versions`
/// (`elf/dl-version.c`) compares it: names, not numbers.
pub(super) fn of_files<'a>(
    subject: &Subject<'a>,
    dynamic: &'a Dynamic,
    closure: &Closure<'a>,
) -> Vec<Asked<'a>> {
    let mut all = Vec::new();
    for need in &dynamic.verneed {
        let names = need.versions.iter().filter(|version| !version.weak).map(|version| version.name.as_str());
        all.extend(ask(subject, closure, Asker::Binary, &need.file, names));
    }
    for (index, found) in closure.found.iter().enumerate().filter(|(_, found)| !libc::is_glibc(found.name()))
    {
        let library: &'a Library = found.library;
        let mut files: Vec<&'a str> = library.verneed.iter().map(|asked| asked.file.as_str()).collect();
        files.dedup();
        for file in files {
            let names = library.verneed.iter().filter(|asked| asked.file == file && !asked.weak);
            let names = names.map(|asked| asked.version.as_str());
            all.extend(ask(subject, closure, Asker::Library(index), file, names));
        }
    }
    all
}

fn ask<'a>(
    subject: &Subject<'a>,
    closure: &Closure<'a>,
    by: Asker,
    file: &'a str,
    names: impl Iterator<Item = &'a str>,
) -> Option<Asked<'a>> {
    // A library that is not there is GB202's.
    let provider = closure.named(file)?;
    let mut asked = Asked {
        by: closure.asker(by, subject.name).to_owned(),
        by_path: closure.asker_path(by).map(str::to_owned),
        file,
        path: Some(provider.path.clone()),
        ..Asked::default()
    };
    for name in names {
        asked.add(name, answer(provider.library, by, name));
    }
    asked.done()
}

fn answer(provider: &Library, by: Asker, name: &str) -> Answer {
    // The name is in every build, and in each it is other functions. Libraries of the image came with it.
    if name == "GLIBC_PRIVATE" && by == Asker::Binary {
        return symbol_version::private();
    }
    if !provider.inconsistencies.is_empty() {
        return Answer::Unknown;
    }
    // A library without any versions is taken as it is, with a warning.
    let Some(defined) = &provider.verdef else { return Answer::Defined };
    if defined.contains(name) {
        return Answer::Defined;
    }
    let newest = defined.iter().filter_map(|own| {
        let (prefix, number) = own.rsplit_once('_')?;
        let number: Version = number.parse().ok()?;
        name.strip_prefix(prefix)?.starts_with('_').then_some((number, own))
    });
    Answer::Absent(
        newest.max().map_or_else(|| "no such version".to_owned(), |(_, own)| format!("{own} at most")),
    )
}

/// Names of files that a loader refuses: it knows packed relocations and wants the node that says so. An
/// older one would not apply them and crash.
pub(super) fn relr_without_its_node(
    subject: &Subject<'_>,
    dynamic: &Dynamic,
    closure: Option<&Closure<'_>>,
) -> Vec<String> {
    const NODE: &str = "GLIBC_ABI_DT_RELR";
    let is_libc = |name: &String| name.starts_with("libc.so.");
    let mut names = dynamic.verneed.iter().flat_map(|need| &need.versions);
    let own = dynamic.relr
        && !dynamic.verneed.is_empty()
        && dynamic.needed.iter().any(is_libc)
        && !names.any(|version| version.name == NODE);
    let of_library = |library: &Library| {
        library.relr
            && !library.verneed.is_empty()
            && library.needed.iter().any(is_libc)
            && !library.verneed.iter().any(|asked| asked.version == NODE)
    };
    let found = closure.into_iter().flat_map(|closure| &closure.found);
    let libraries = found.filter(|found| of_library(found.library)).map(|found| found.name().to_owned());
    own.then(|| subject.name.to_owned()).into_iter().chain(libraries).collect()
}

/// The functions that a binary takes in one version of one library, as far as somebody has read them.
pub(super) fn functions<'a>(subject: &Subject<'a>, file: &str, version: &str) -> Vec<&'a str> {
    let undefined = subject.symbols.into_iter().flat_map(|symbols| &symbols.undefined);
    let of_it = undefined
        .filter(|symbol| symbol.version.as_ref().is_some_and(|(from, name)| from == file && name == version));
    let mut names: Vec<&str> = of_it.map(|symbol| symbol.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
