//! Every program of an image that did not come with its distribution.
//!
//! A program that Go made is judged wherever it lies. Of the others those are left out that the package manager's own
//! list has: dpkg's (with distroless's form of it) or apk's. Where only rpm's is there, which is a database, what lies
//! in the system's folders counts as the distribution's.

use std::collections::BTreeSet;

use super::walk::{Names, Reached};
use crate::binary::elf::Linkage;
use crate::binary::{self, Format};
use crate::image::read::{Kind, Tree};

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its path, without a link in it.
    pub path: String,
    /// Permission bits.
    pub mode: u32,
}

/// Nothing smaller can be started (`Elf32_Ehdr` and one program header).
const SMALLEST: u64 = 52 + 32;
const SYSTEM: &[&str] = &["/bin/", "/sbin/", "/lib/", "/lib64/", "/usr/"];
const LOCAL: &str = "/usr/local/";

/// All of them, in the order of the paths.
pub fn all(tree: &dyn Tree) -> Vec<Program> {
    let names = Names::of(tree);
    let packaged = packaged(&names);
    let rpm = ["/var/lib/rpm", "/usr/lib/sysimage/rpm"].iter().any(|path| tree.entries().contains_key(*path));
    let system =
        |path: &str| rpm && SYSTEM.iter().any(|folder| path.starts_with(folder)) && !path.starts_with(LOCAL);
    let files = tree.entries().iter().filter(|(_, entry)| entry.kind == Kind::File && entry.size >= SMALLEST);
    let programs = files.filter_map(|(path, entry)| {
        let executable = entry.mode & 0o111 != 0;
        let is_elf = names.head(path, 4).is_ok_and(|head| head == b"\x7fELF");
        if !is_elf {
            return None;
        }
        let binary = binary::read(&*tree.open(path).ok()?).ok()?;
        let Format::Elf(elf) = &binary.format else { return None };
        let program = matches!(
            elf.linkage(),
            Linkage::Static | Linkage::StaticPie | Linkage::Dynamic | Linkage::Broken
        );
        let go = binary.build_info().is_some();
        let own = go || (executable && !packaged.contains(path) && !system(path));
        (program && own).then(|| Program { path: path.clone(), mode: entry.mode & 0o7777 })
    });
    programs.collect()
}

/// The files that package managers list, each where it really is.
fn packaged(names: &Names<'_>) -> BTreeSet<String> {
    let mut listed = BTreeSet::new();
    let mut add = |path: &str| {
        if let Reached::There(real, _) = names.reach("/", path, None) {
            listed.insert(real);
        }
    };
    let lists = |folder: &'static str, end: &'static str| {
        let inside = move |path: &&String| path.starts_with(folder) && path.ends_with(end);
        names.entries().keys().filter(inside)
    };
    for list in lists("/var/lib/dpkg/info/", ".list") {
        names.text(list).unwrap_or_default().lines().for_each(&mut add);
    }
    for list in lists("/var/lib/dpkg/status.d/", ".md5sums") {
        let text = names.text(list).unwrap_or_default();
        let paths = text.lines().filter_map(|line| line.split_once("  ")).map(|(_, path)| format!("/{path}"));
        paths.for_each(|path| add(&path));
    }
    for list in ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"] {
        let mut folder = String::new();
        for line in names.text(list).unwrap_or_default().lines() {
            match line.split_once(':') {
                Some(("F", path)) => path.clone_into(&mut folder),
                Some(("R", name)) => add(&format!("/{folder}/{name}")),
                _ => {}
            }
        }
    }
    listed
}
