//! Breadth first, as both loaders go: what the binary needs, then what those need.

use super::setting::Setting;
use super::state::{Answer, Walk};
use super::{Asker, Closure, Found, Missing, Rules, glibc, musl};

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

impl Walk<'_, '_> {
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
}
