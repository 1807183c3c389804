//! Breadth first, as both loaders go: what the binary needs, then what those need.

use super::setting::Setting;
use super::{Asker, Closure, Found, Missing, Rules, glibc, musl, tokens};
use crate::image::root::Library;

/// What the search for one name came to.
pub(super) enum Answer<'a> {
    /// A file that is taken: the path as it was put together, the file itself.
    Hit(String, String, &'a Library),
    /// It is the C library, which is loaded already.
    Own,
    /// Nothing is taken.
    Nothing {
        /// A file of this name that is for another architecture.
        foreign: Option<String>,
        /// Why it may be there all the same.
        doubt: Option<String>,
    },
}

/// Where one asker looks for what it needs.
pub(super) struct Searches<'a> {
    pub(super) rpath: &'a [String],
    pub(super) runpath: &'a [String],
    pub(super) flags_1: u64,
    pub(super) origin: &'a str,
}

/// The state of a walk.
pub(super) struct Walk<'s, 'a> {
    pub(super) setting: &'s Setting<'a>,
    pub(super) found: Vec<Found<'a>>,
    missing: Vec<Missing>,
}

pub(super) fn walk<'a>(setting: &Setting<'a>) -> Closure<'a> {
    let mut walk = Walk { setting, found: Vec::new(), missing: Vec::new() };
    if let Some((path, real, library)) = &setting.loader {
        let own = library.soname.iter().filter(|_| setting.rules == Rules::Glibc);
        let names = std::iter::once(path).chain(own).cloned().collect();
        let (path, real) = (path.clone(), real.clone());
        walk.found.push(Found { names, path, real, library, by: Asker::Binary });
    }
    let first = walk.found.len();
    if let Some(name) = setting.preload {
        walk.load(name, Asker::Binary);
    }
    for name in &setting.dynamic.needed {
        walk.load(name, Asker::Binary);
    }
    let mut next = first;
    while next < walk.found.len() {
        let library = walk.found[next].library;
        for name in &library.needed {
            walk.load(name, Asker::Library(next));
        }
        next += 1;
    }
    Closure { rules: setting.rules, found: walk.found, missing: walk.missing }
}

impl<'a> Walk<'_, 'a> {
    fn load(&mut self, name: &str, by: Asker) {
        let is_loaded = self.found.iter().any(|found| found.answers_to(name));
        if is_loaded || self.missing.iter().any(|missing| missing.name == name) {
            return;
        }
        let answer = match self.setting.rules {
            Rules::Glibc => glibc::search(self, name, by),
            Rules::Musl => musl::search(self, name, by),
        };
        match answer {
            Answer::Own => {}
            Answer::Hit(path, real, library) => self.add(name, path, real, library, by),
            Answer::Nothing { foreign, doubt } => {
                self.missing.push(Missing { name: name.to_owned(), by, foreign, doubt });
            }
        }
    }

    /// The same file under a second name is loaded once: both loaders compare device and inode.
    fn add(&mut self, name: &str, path: String, real: String, library: &'a Library, by: Asker) {
        let own = library.soname.iter().filter(|_| self.setting.rules == Rules::Glibc);
        let names = std::iter::once(name).chain(own.map(String::as_str)).map(str::to_owned);
        match self.found.iter_mut().find(|found| found.real == real) {
            Some(found) => found.names.extend(names),
            None => self.found.push(Found { names: names.collect(), path, real, library, by }),
        }
    }

    /// Where somebody looks.
    pub(super) fn searches(&self, by: Asker) -> Searches<'_> {
        let dynamic = self.setting.dynamic;
        match by {
            Asker::Binary => Searches {
                rpath: &dynamic.rpath,
                runpath: &dynamic.runpath,
                flags_1: dynamic.flags_1,
                origin: &self.setting.folder,
            },
            Asker::Library(index) => {
                let Found { library, path, .. } = &self.found[index];
                Searches {
                    rpath: &library.rpath,
                    runpath: &library.runpath,
                    flags_1: library.flags_1,
                    origin: tokens::folder(path),
                }
            }
        }
    }

    /// Somebody, who asked for it, and so on up to the binary.
    pub(super) fn ancestors(&self, by: Asker) -> Vec<Asker> {
        let mut all = vec![by];
        while let Some(Asker::Library(index)) = all.last() {
            all.push(self.found[*index].by);
        }
        all
    }
}
