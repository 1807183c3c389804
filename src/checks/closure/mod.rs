//! Which files a loader would put together with a binary in a root file system that was really read.
//!
//! | file | its one thought |
//! | --- | --- |
//! | `setting` | which loader's rules hold: of the one that the binary names, as the root has it |
//! | `walk` | breadth first |
//! | `state` | what was already loaded, and who looks where |
//! | `glibc` | where glibc looks, in its order (`elf/dl-load.c`) |
//! | `musl` | where musl looks, in its order (`ldso/dynlink.c`) |
//! | `tokens` | `$ORIGIN`, `$LIB` and `$PLATFORM` |
//! | `fit` | which files a loader takes for its own architecture |

mod fit;
mod glibc;
mod musl;
mod setting;
mod state;
mod tokens;
mod walk;

#[cfg(test)]
mod tests;

pub(super) use fit::is_other_architecture;
pub(super) use setting::{Kind, kind_of};

use super::Subject;
use crate::diagnostics::evidence::gb202::Doubt;
use crate::image::root::Library;

/// Whose rules of searching hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// glibc's.
    Glibc,
    /// musl's.
    Musl,
}

/// Who asks for a library: the binary itself, or one of [`Closure::found`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// The binary that is judged.
    Binary,
    /// A library, by its place in the list.
    Library(usize),
}

/// One library that the loader finds.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// Every name that it answers to: as it was asked for, and with glibc its own.
    pub(super) names: Vec<String>,
    /// The path under which it was found; its folder is its `$ORIGIN`.
    pub(super) path: String,
    /// The file itself, every link followed.
    pub(super) real: String,
    /// What it is.
    pub(super) library: &'a Library,
    /// Who asked for it first; the loader itself is asked for by the binary.
    pub(super) by: Asker,
}

/// One library that the loader does not find.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// As it is asked for.
    pub(super) name: String,
    /// Who asks.
    pub(super) by: Asker,
    /// A file of this name that is for another architecture.
    pub(super) foreign: Option<String>,
    /// Why it may be there all the same.
    pub(super) doubt: Option<Doubt>,
}

/// Everything that is loaded, and what is not.
#[derive(Debug)]
pub(super) struct Closure<'a> {
    /// Whose rules were followed.
    pub(super) rules: Rules,
    /// In the order of loading; the loader first, where there is one.
    pub(super) found: Vec<Found<'a>>,
    /// In the order of asking.
    pub(super) missing: Vec<Missing>,
}

/// What would be loaded; none where no root was read, where the file is not dynamic, or where nobody knows
/// the rules of the image's loader.
pub(super) fn of<'a>(subject: &Subject<'a>) -> Option<Closure<'a>> {
    setting::of(subject).map(|setting| walk::walk(&setting))
}

impl<'a> Closure<'a> {
    /// The loaded file that answers to a name.
    pub(super) fn named(&self, name: &str) -> Option<&Found<'a>> {
        self.found.iter().find(|found| found.answers_to(name))
    }

    /// Who asks, as messages call it: the binary's name or the library's.
    pub(super) fn asker<'n>(&'n self, by: Asker, binary: &'n str) -> &'n str {
        match by {
            Asker::Binary => binary,
            Asker::Library(index) => self.found[index].name(),
        }
    }

    /// The path of a library that asks; none where it is the binary.
    pub(super) fn asker_path(&self, by: Asker) -> Option<&str> {
        match by {
            Asker::Binary => None,
            Asker::Library(index) => Some(&self.found[index].path),
        }
    }

    /// The libraries through which the binary comes to ask for something, the nearest to the binary first;
    /// the asker itself is the last.
    pub(super) fn chain(&self, by: Asker) -> Vec<&str> {
        let mut chain = Vec::new();
        let mut at = by;
        while let Asker::Library(index) = at {
            chain.push(self.found[index].name());
            at = self.found[index].by;
        }
        chain.reverse();
        chain
    }
}

impl Found<'_> {
    /// The name that it was first asked for by, without a folder.
    pub(super) fn name(&self) -> &str {
        let name = self.names.first().map_or(self.path.as_str(), String::as_str);
        name.rsplit('/').next().unwrap_or(name)
    }

    fn answers_to(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }
}
