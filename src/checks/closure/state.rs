//! What a walk has found so far, and where each asker looks.

use super::setting::Setting;
use super::{Asker, Found, Missing, Rules, tokens};
use crate::diagnostics::evidence::gb202::Doubt;
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
        doubt: Option<Doubt>,
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
    pub(super) missing: Vec<Missing>,
}

impl<'a> Walk<'_, 'a> {
    /// The same file under a second name is loaded once: both loaders compare device and inode.
    pub(super) fn add(&mut self, name: &str, path: String, real: String, library: &'a Library, by: Asker) {
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
