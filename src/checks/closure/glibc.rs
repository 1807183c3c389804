//! Where glibc looks for a library (`elf/dl-load.c`, `_dl_map_new_object`; `elf/dl-cache.c`).

use super::fit::fits;
use super::state::{Answer, Walk};
use super::{Asker, tokens};
use crate::binary::elf::DF_1_NODEFLIB;
use crate::diagnostics::evidence::gb202::Doubt;
use crate::platform::Platform;

/// The search for one name, and what was seen on the way.
struct Search<'w, 's, 'a> {
    walk: &'w Walk<'s, 'a>,
    name: &'w str,
    foreign: Option<String>,
    doubt: Option<Doubt>,
}

pub(super) fn search<'a>(walk: &Walk<'_, 'a>, name: &str, by: Asker) -> Answer<'a> {
    let mut search = Search { walk, name, foreign: None, doubt: None };
    let hit = if name.contains('/') { search.as_path(by) } else { search.in_folders(by) };
    hit.unwrap_or(Answer::Nothing { foreign: search.foreign, doubt: search.doubt })
}

impl<'a> Search<'_, '_, 'a> {
    fn as_path(&mut self, by: Asker) -> Option<Answer<'a>> {
        let path = self.expand(self.name, self.walk.searches(by).origin)?;
        self.candidate(&path)
    }

    fn in_folders(&mut self, by: Asker) -> Option<Answer<'a>> {
        let walk = self.walk;
        let own = walk.searches(by);
        let root = walk.setting.root;
        if own.runpath.is_empty() {
            let mut askers = walk.ancestors(by);
            // The binary's own, even where the library was asked for by nobody that it asked for.
            if !askers.contains(&Asker::Binary) {
                askers.push(Asker::Binary);
            }
            let rpaths = askers.into_iter().map(|asker| walk.searches(asker));
            let mut rpaths = rpaths.filter(|searches| searches.runpath.is_empty());
            let hit = rpaths.find_map(|searches| self.listed(searches.rpath, searches.origin));
            if hit.is_some() {
                return hit;
            }
        }
        let folder = walk.setting.folder.as_str();
        self.listed(&root.library_path, folder)
            .or_else(|| self.listed(own.runpath, own.origin))
            .or_else(|| self.cached(own.flags_1))
            .or_else(|| self.in_system(own.flags_1))
    }

    /// Folders of a list that may have tokens in it.
    fn listed(&mut self, folders: &[String], origin: &str) -> Option<Answer<'a>> {
        folders.iter().find_map(|folder| {
            let folder = self.expand(folder, origin)?;
            self.folder(&folder)
        })
    }

    /// `/etc/ld.so.cache`. Without it nobody reads `/etc/ld.so.conf`, which is ldconfig's alone.
    fn cached(&mut self, flags_1: u64) -> Option<Answer<'a>> {
        let root = self.walk.setting.root;
        let levels = levels(self.walk.setting.platform);
        let is_system = |path: &str| {
            root.system_dirs.iter().any(|folder| tokens::folder(path) == folder.trim_end_matches('/'))
        };
        let mut paths: Vec<&str> = root
            .cache
            .iter()
            .flatten()
            .filter(|(name, _)| name == self.name)
            .map(|(_, path)| path.as_str())
            .filter(|path| flags_1 & DF_1_NODEFLIB == 0 || !is_system(path))
            .collect();
        // Variants for newer processors stand in the same list; only those that the platform promises count.
        let rank = |path: &str| match path.split_once("/glibc-hwcaps/") {
            None => Some(levels.len()),
            Some((_, rest)) => levels.iter().position(|level| rest.starts_with(&format!("{level}/"))),
        };
        paths.retain(|path| rank(path).is_some());
        paths.sort_by_key(|path| rank(path));
        paths.into_iter().find_map(|path| self.candidate(path))
    }

    fn in_system(&mut self, flags_1: u64) -> Option<Answer<'a>> {
        if flags_1 & DF_1_NODEFLIB != 0 {
            return None;
        }
        let root = self.walk.setting.root;
        if root.system_dirs.is_empty() && self.walk.setting.loader.is_some() {
            self.doubt = Some(Doubt::SystemFolders);
        }
        root.system_dirs.iter().find_map(|folder| self.folder(folder))
    }

    /// One folder, its variants for newer processors first.
    fn folder(&mut self, folder: &str) -> Option<Answer<'a>> {
        if !folder.starts_with('/') {
            self.doubt = Some(Doubt::RelativeFolder);
            return None;
        }
        let folder = folder.trim_end_matches('/');
        let (name, platform) = (self.name, self.walk.setting.platform);
        levels(platform)
            .iter()
            .find_map(|level| self.candidate(&format!("{folder}/glibc-hwcaps/{level}/{name}")))
            .or_else(|| self.candidate(&format!("{folder}/{name}")))
    }

    /// One path. A file for another architecture is passed over, and the search goes on.
    fn candidate(&mut self, path: &str) -> Option<Answer<'a>> {
        if !path.starts_with('/') {
            self.doubt = Some(Doubt::RelativePath { path: path.to_owned() });
            return None;
        }
        let (real, library) = self.walk.setting.root.library(path)?;
        if fits(self.walk.setting.elf, library) {
            return Some(Answer::Hit(path.to_owned(), real, library));
        }
        self.foreign.get_or_insert_with(|| path.to_owned());
        None
    }

    /// None, and a doubt, where a token's value is the machine's.
    fn expand(&mut self, text: &str, origin: &str) -> Option<String> {
        let root = self.walk.setting.root;
        let value = |name: &str| match name {
            "ORIGIN" => Some(Ok(origin.to_owned())),
            // `lib`, `lib64`, or with Debian `lib/x86_64-linux-gnu`: the first folder that is compiled in.
            "LIB" => Some(root.system_dirs.first().map_or(Err("LIB"), |folder| {
                let folder = folder.trim_matches('/');
                Ok(folder.strip_prefix("usr/").unwrap_or(folder).to_owned())
            })),
            "PLATFORM" => Some(hardware(self.walk.setting.platform).map(str::to_owned).ok_or("PLATFORM")),
            _ => None,
        };
        let expanded = tokens::replace(text, value);
        expanded
            .inspect_err(|token| {
                self.doubt = Some(Doubt::Token { token: (*token).to_owned(), text: text.to_owned() });
            })
            .ok()
    }
}

/// What glibc puts for `$PLATFORM` where the kernel says one word on every machine of a platform.
fn hardware(platform: &Platform) -> Option<&'static str> {
    match platform.arch.as_str() {
        "amd64" => Some("x86_64"),
        "arm64" => Some("aarch64"),
        _ => None,
    }
}

/// The folders below `glibc-hwcaps` that every machine of a platform reads, best first.
fn levels(platform: &Platform) -> &'static [&'static str] {
    match (platform.arch.as_str(), platform.variant.as_deref()) {
        ("amd64", Some("v4")) => &["x86-64-v4", "x86-64-v3", "x86-64-v2"],
        ("amd64", Some("v3")) => &["x86-64-v3", "x86-64-v2"],
        ("amd64", Some("v2")) => &["x86-64-v2"],
        ("ppc64le", Some("power10")) => &["power10", "power9"],
        ("ppc64le", Some("power9")) => &["power9"],
        _ => &[],
    }
}
