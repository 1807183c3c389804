//! From a word to a file.
//!
//! Sources: Go `os/exec`, `LookPath`, which runc uses (podman's crun does the same); POSIX, `exec` and the shell's
//! command search, which musl's and glibc's `execvp` follow.

use super::script::{self, BUFFER};
use super::walk::{Names, Reached, barrier};
use super::who::Who;
use super::{Barrier, By, Content, Found, Missing};
use crate::image::read::Kind;

/// What an engine sets where the image names no PATH (moby `oci/defaults`, `DefaultPathEnv`).
pub(super) const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Where a search starts.
pub(super) struct Place<'a> {
    pub(super) names: &'a Names<'a>,
    /// The working folder, every link followed.
    pub(super) folder: &'a str,
    pub(super) path: &'a str,
}

impl Place<'_> {
    /// What a word names for whoever starts it.
    pub(super) fn find(&self, word: &str, by: &By, who: Option<&Who>) -> Found {
        let direct =
            word.contains('/') || matches!(by, By::Line { .. } | By::Reader { .. } | By::TooDeep { .. });
        if direct {
            return self.look(word, by, who);
        }
        let mut denied: Option<Barrier> = None;
        let mut searched = Vec::new();
        for folder in self.path.split(':') {
            let relative = !folder.starts_with('/');
            // Go refuses what it finds beside itself; everybody else takes an empty folder for the present one.
            if relative && *by == By::Engine {
                continue;
            }
            let folder = if folder.is_empty() { "." } else { folder };
            searched.push(folder.to_owned());
            match self.look(&format!("{}/{word}", folder.trim_end_matches('/')), by, who) {
                found @ Found::File { .. } => return found,
                Found::Denied(barrier) if !barrier.folder => denied = denied.or(Some(barrier)),
                Found::Denied(_) | Found::Missing(_) | Found::NotAFile { .. } => {}
            }
        }
        if let Some(barrier) = denied {
            return Found::Denied(Barrier { searched: true, ..barrier });
        }
        let near = self.near(word);
        Found::Missing(Missing { path: word.to_owned(), searched, near, ..Missing::default() })
    }

    fn look(&self, path: &str, by: &By, who: Option<&Who>) -> Found {
        let absolute = || {
            if path.starts_with('/') {
                return path.to_owned();
            }
            let path = path.strip_prefix("./").unwrap_or(path);
            format!("{}/{path}", self.folder.trim_end_matches('/'))
        };
        let (real, entry) = match self.names.reach(self.folder, path, who) {
            Reached::There(real, entry) => (real, entry),
            Reached::Denied(barrier) => return Found::Denied(barrier),
            Reached::Missing(missing) => {
                let near = self.near(path);
                return Found::Missing(Missing { path: absolute(), near, ..missing });
            }
        };
        let Some(entry) = entry.filter(|entry| entry.kind == Kind::File) else {
            let folder = entry.is_none_or(|entry| entry.kind == Kind::Folder);
            return Found::NotAFile { path: absolute(), folder };
        };
        let anybody = Who::root();
        let who = who.unwrap_or(&anybody);
        let allowed =
            if matches!(by, By::Reader { .. }) { who.may_read(entry) } else { who.may_execute(entry, false) };
        if !allowed {
            return Found::Denied(barrier(&absolute(), &real, entry, false));
        }
        let content = match self.names.head(&real, BUFFER) {
            Ok(head) => content(&head),
            Err(reason) => Content::Unread(reason),
        };
        Found::File { path: absolute(), real, content }
    }

    /// A program with the same last name, for the message: the first one in the order of the paths.
    fn near(&self, word: &str) -> Option<String> {
        let name = word.trim_end_matches(['\r', '/']).rsplit('/').next().filter(|name| !name.is_empty())?;
        let same = |path: &str| path.rsplit('/').next() == Some(name);
        let files = self.names.entries().iter().filter(|(_, entry)| entry.kind == Kind::File);
        files.map(|(path, _)| path).find(|path| same(path) && path.as_str() != word).cloned()
    }
}

/// How programs start, of whatever system: ELF, Windows, macOS (both orders, and universal), WebAssembly.
pub(crate) const PROGRAMS: &[&[u8]] = &[
    b"\x7fELF",
    b"MZ",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
];

/// What the kernel takes a file for, by its first bytes.
fn content(head: &[u8]) -> Content {
    if PROGRAMS.iter().any(|magic| head.starts_with(magic)) || head.starts_with(b"!<arch>\n") {
        return Content::Program;
    }
    match script::line(head) {
        Ok(line) => Content::Script(line),
        Err(flaw) => Content::Neither(flaw),
    }
}
