//! What was read of a real root file system, on one platform: the files that the kernel and a loader would
//! look for. Plain data; [`super::facts::Image::root`] holds it where somebody looked.
//!
//! Paths are absolute inside the root, without `.` and `..`, and never lead out of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::exports::{Exports, Wanted};
use crate::platform::Platform;

/// A root file system as far as programs depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Root {
    /// The platform of the image's configuration, or of its loader where there is no configuration.
    pub platform: Option<Platform>,
    /// Every symlink, by its path: its target as written.
    pub links: BTreeMap<String, String>,
    /// Every loader and shared library, by the path of the file itself (no link in it).
    pub elf: BTreeMap<String, Library>,
    /// Folders that the glibc loader has compiled in, read from the loader's own strings, in its order.
    pub system_dirs: Vec<String>,
    /// Folders of `/etc/ld.so.conf` with its includes, in order.
    pub conf_dirs: Vec<String>,
    /// Names of `/etc/ld.so.cache` with the paths they lead to; none where there is no such file.
    pub cache: Option<Vec<(String, String)>>,
    /// Folders of `/etc/ld-musl-ARCH.path`; none where there is no such file.
    pub musl_path: Option<Vec<String>>,
    /// `LD_LIBRARY_PATH` of the image's configuration.
    pub library_path: Vec<String>,
    /// Groups of `/etc/group`.
    pub groups: Vec<Group>,
    /// Permission bits of `/tmp`, `0o1777`; none where it is no folder.
    pub tmp_mode: Option<u32>,
}

/// A group of a root's `/etc/group`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Numeric id.
    pub gid: u32,
}

/// One loader or shared library of a root.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Library {
    /// `EI_CLASS`: 32 or 64.
    pub bits: u8,
    /// `EI_DATA`: whether the most significant byte comes first.
    pub big_endian: bool,
    /// `e_machine`
    pub machine: u16,
    /// `e_flags`
    pub flags: u32,
    /// Permission bits; the kernel starts no loader that nobody may execute. None where nobody looked.
    #[serde(default)]
    pub mode: Option<u32>,
    /// `DT_SONAME`
    pub soname: Option<String>,
    /// `DT_NEEDED`, in order.
    pub needed: Vec<String>,
    /// `DT_RPATH`, split at colons.
    pub rpath: Vec<String>,
    /// `DT_RUNPATH`, split at colons.
    pub runpath: Vec<String>,
    /// `DT_FLAGS_1`
    pub flags_1: u64,
    /// `DT_VERDEF` names without the base entry; none where there is no `DT_VERDEF` at all.
    pub verdef: Option<BTreeSet<String>>,
    /// `DT_VERNEED`: what it asks of each other library.
    #[serde(default)]
    pub verneed: Vec<Asked>,
    /// Whether there is a `DT_RELR`.
    #[serde(default)]
    pub relr: bool,
    /// Names that the dynamic symbol table defines. None where nobody read them, or where a pinned image has
    /// only the versions that say as much (`verdef`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exports: Option<Exports>,
    /// Symbols that it leaves to others to define, as far as a relocation asks for them; weak ones left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undefined: Vec<Wanted>,
    /// What could not be read, in words. Not empty means: cannot be told what it offers.
    pub inconsistencies: Vec<String>,
}

/// One version name that a library asks of another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Asked {
    /// `vn_file`: `libc.so.6`.
    pub file: String,
    /// `vna_name`: `GLIBC_2.34`.
    pub version: String,
    /// `VER_FLG_WEAK`: the loader accepts a library without it.
    pub weak: bool,
}

/// The kernel gives up after this many links (`MAXSYMLINKS`, `include/linux/namei.h`).
const LINKS_AT_MOST: usize = 40;

impl Root {
    /// The file that a path leads to, every link followed inside the root; none where a link leads in
    /// circles. Whether there is a file is for the caller to look up.
    pub fn real(&self, path: &str) -> Option<String> {
        follow(path, |link| self.links.get(link).map(String::as_str))
    }

    /// The loader or library that a path leads to, with its real path.
    pub fn library(&self, path: &str) -> Option<(String, &Library)> {
        let real = self.real(path)?;
        self.elf.get(&real).map(|library| (real.clone(), library))
    }
}

/// [`Root::real`] over links wherever they are kept: `link` gives what the link at a path says.
pub fn follow<'a>(path: &str, link: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut rest: Vec<String> = parts(path).rev().map(str::to_owned).collect();
    // One text that grows and shrinks: a hostile path has thousands of parts.
    let mut real = String::new();
    let mut followed = 0;
    while let Some(part) = rest.pop() {
        match part.as_str() {
            "." => continue,
            ".." => {
                real.truncate(real.rfind('/').unwrap_or_default());
                continue;
            }
            _ => {
                real.push('/');
                real.push_str(&part);
            }
        }
        let Some(target) = link(&real) else { continue };
        followed += 1;
        if followed > LINKS_AT_MOST {
            return None;
        }
        let above = if target.starts_with('/') { 0 } else { real.len() - part.len() - 1 };
        real.truncate(above);
        rest.extend(parts(target).rev().map(str::to_owned));
    }
    if real.is_empty() {
        real.push('/');
    }
    Some(real)
}

fn parts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(links: &[(&str, &str)]) -> Root {
        let links = links.iter().map(|(path, target)| ((*path).to_owned(), (*target).to_owned())).collect();
        Root { links, ..Root::default() }
    }

    #[test]
    fn links_are_followed_inside_the_root() {
        let root = root(&[
            ("/lib64", "usr/lib64"),
            ("/usr/lib64/ld.so", "/lib/x86/ld.so"),
            ("/lib", "../../usr/lib"),
            ("/usr/lib/x86/up", "../../../../../etc/y"),
        ]);
        assert_eq!(root.real("/lib64/ld.so").unwrap(), "/usr/lib/x86/ld.so");
        assert_eq!(root.real("/lib/x86/up").unwrap(), "/etc/y");
        assert_eq!(root.real("/a/./b/../c").unwrap(), "/a/c");
        assert_eq!(root.real("/../a/../..").unwrap(), "/");
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(root(&[("/a", "b"), ("/b", "a")]).real("/a/x"), None);
    }
}
