//! A path, folder by folder, as one user may take it.

use std::collections::BTreeMap;

use super::who::Who;
use super::{Barrier, Missing};
use crate::image::read::{Entry, Kind, Tree};

/// The kernel gives up after this many links (`MAXSYMLINKS`, `include/linux/namei.h`).
const LINKS_AT_MOST: usize = 40;
/// No passwd and no list of files is larger.
const TEXT: u64 = 64 << 20;

/// The names of a tree.
pub(super) struct Names<'a> {
    tree: &'a dyn Tree,
}

/// Where a path leads.
pub(super) enum Reached<'a> {
    /// To something; the root itself has no entry.
    There(String, Option<&'a Entry>),
    Missing(Missing),
    Denied(Barrier),
}

impl<'a> Names<'a> {
    pub(super) fn of(tree: &'a dyn Tree) -> Self {
        Self { tree }
    }

    pub(super) fn entries(&self) -> &'a BTreeMap<String, Entry> {
        self.tree.entries()
    }

    /// The file or folder behind a path, every link followed inside the root. `from` is the folder that a relative
    /// path starts in. Whoever may not pass a folder is stopped there; none is whoever may do everything.
    pub(super) fn reach(&self, from: &str, path: &str, who: Option<&Who>) -> Reached<'a> {
        let entries = self.entries();
        let mut at =
            if path.starts_with('/') { String::new() } else { from.trim_end_matches('/').to_owned() };
        let mut rest: Vec<&str> = parts(path);
        let mut link: Option<(String, String)> = None;
        let mut followed = 0;
        let missing =
            |link: Option<(String, String)>| Missing { path: path.to_owned(), link, ..Missing::default() };
        while let Some(part) = rest.pop() {
            let folder = entries.get(&at);
            if let Some(folder) = folder
                && folder.kind != Kind::Folder
            {
                return Reached::Missing(Missing { not_a_folder: Some(at), ..missing(link) });
            }
            if let (Some(folder), Some(who)) = (folder, who)
                && !who.may_execute(folder, true)
            {
                return Reached::Denied(barrier(path, &at, folder, true));
            }
            match part {
                "." => continue,
                ".." => {
                    at.truncate(at.rfind('/').unwrap_or(0));
                    continue;
                }
                _ => {}
            }
            let next = format!("{at}/{part}");
            let Some(entry) = entries.get(&next) else { return Reached::Missing(missing(link)) };
            let Kind::Link(target) = &entry.kind else {
                at = next;
                continue;
            };
            followed += 1;
            link = Some((next, target.clone()));
            if followed > LINKS_AT_MOST {
                return Reached::Missing(missing(link));
            }
            if target.starts_with('/') {
                at.clear();
            }
            rest.extend(parts(target));
        }
        let entry = entries.get(&at);
        // A slash at the end asks for a folder.
        if path.ends_with('/') && entry.is_some_and(|entry| entry.kind != Kind::Folder) {
            return Reached::Missing(Missing { not_a_folder: Some(at), ..missing(link) });
        }
        if at.is_empty() {
            at.push('/');
        }
        Reached::There(at, entry)
    }

    /// The first bytes of the file at its real path, fewer where it is shorter. The text says why there are none.
    pub(super) fn head(&self, real: &str, length: usize) -> Result<Vec<u8>, String> {
        let bytes = || -> std::io::Result<Vec<u8>> {
            let file = self.tree.open(real)?;
            let mut bytes = vec![0; length.min(usize::try_from(file.size()).unwrap_or(length))];
            file.read_exact_at(&mut bytes, 0)?;
            Ok(bytes)
        };
        match bytes() {
            Ok(bytes) => Ok(bytes),
            // A large file whose first bytes are no program's is not kept, which is all that has to be known.
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(vec![0]),
            Err(error) => Err(crate::error::io_reason(&error)),
        }
    }

    /// A text file, whoever may read it.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let Reached::There(real, Some(entry)) = self.reach("/", path, None) else { return None };
        if entry.kind != Kind::File || entry.size > TEXT {
            return None;
        }
        let bytes = self.head(&real, usize::try_from(entry.size).ok()?).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

pub(super) fn barrier(target: &str, path: &str, entry: &Entry, folder: bool) -> Barrier {
    Barrier {
        target: target.to_owned(),
        path: path.to_owned(),
        folder,
        mode: entry.mode & 0o7777,
        uid: entry.uid,
        gid: entry.gid,
        searched: false,
    }
}

/// The parts of a path, the last one first.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').rev().filter(|part| !part.is_empty()).collect()
}
