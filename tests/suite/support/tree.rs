//! The files below a folder: what a build added, and whether two builds added the same.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    Folder,
    Link(String),
    File { mode: u32, content: Vec<u8> },
}

/// Every name below a folder, relative to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tree(pub(crate) BTreeMap<String, Entry>);

impl Tree {
    pub(crate) fn of(folder: &Path) -> Self {
        let mut tree = Self::default();
        tree.add(folder, "");
        tree
    }

    fn add(&mut self, folder: &Path, prefix: &str) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let entry = entry.expect("the folder can be read");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let path = entry.path();
            let meta = fs::symlink_metadata(&path).expect("the file is still there");
            if meta.is_dir() {
                self.add(&path, &format!("{name}/"));
                self.0.insert(name, Entry::Folder);
            } else if meta.is_symlink() {
                let target = fs::read_link(&path).expect("the link can be read");
                self.0.insert(name, Entry::Link(target.to_string_lossy().into_owned()));
            } else {
                let content = fs::read(&path).expect("the file can be read");
                self.0.insert(name, Entry::File { mode: meta.permissions().mode() & 0o7777, content });
            }
        }
    }

    /// What is here and was not there, or is different now; one line a name, without the contents.
    pub(crate) fn since(&self, before: &Self) -> Vec<String> {
        let new = self.0.iter().filter(|(name, entry)| before.0.get(*name) != Some(entry));
        let mut lines: Vec<String> = new.map(|(name, entry)| entry.line(name)).collect();
        lines.extend(
            before.0.keys().filter(|name| !self.0.contains_key(*name)).map(|name| format!("{name} gone")),
        );
        lines
    }

    /// The names of the files whose contents differ from those of the same name elsewhere.
    pub(crate) fn other_contents(&self, other: &Self) -> Vec<String> {
        let differs = |name: &String, entry: &Entry| match (entry, other.0.get(name)) {
            (Entry::File { content, .. }, Some(Entry::File { content: theirs, .. })) => content != theirs,
            _ => false,
        };
        self.0.iter().filter(|(name, entry)| differs(name, entry)).map(|(name, _)| name.clone()).collect()
    }
}

impl Entry {
    fn line(&self, name: &str) -> String {
        match self {
            Self::Folder => format!("{name}/"),
            Self::Link(target) => format!("{name} -> {target}"),
            Self::File { mode, .. } => format!("{name} {mode:04o}"),
        }
    }
}
