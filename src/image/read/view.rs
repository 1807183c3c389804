//! A tree with its links resolved inside it.

use std::cell::RefCell;
use std::io;
use std::ops::Bound;

use super::budget::Budget;
use super::tree::{Entry, Kind, Tree};
use crate::binary::ReadAt;
use crate::image::root::{Root, follow};

/// A tree, what its facts may take, and what turned out to be unreadable.
pub(super) struct View<'a> {
    tree: &'a dyn Tree,
    budget: &'a Budget,
    notes: RefCell<Vec<String>>,
}

impl<'a> View<'a> {
    pub(super) fn new(tree: &'a dyn Tree, budget: &'a Budget) -> Self {
        Self { tree, budget, notes: RefCell::default() }
    }

    /// A tree whose facts are not counted together with others'.
    #[cfg(test)]
    pub(super) fn of(tree: &'a dyn Tree) -> Self {
        Self::new(tree, Box::leak(Box::default()))
    }

    /// A root that knows this tree's links and nothing else yet.
    pub(super) fn root(&self) -> Root {
        let links = self.entries().filter_map(|(path, entry)| match &entry.kind {
            Kind::Link(target) => Some((path.to_owned(), target.clone())),
            _ => None,
        });
        Root { links: links.collect(), ..Root::default() }
    }

    /// Counts what a fact takes.
    pub(super) fn spend(&self, bytes: u64) -> io::Result<()> {
        self.budget.spend(bytes)
    }

    fn real(&self, path: &str) -> Option<String> {
        follow(path, |link| self.tree.link(link))
    }

    pub(super) fn note(&self, text: String) {
        self.notes.borrow_mut().push(text);
    }

    pub(super) fn notes(self) -> Vec<String> {
        self.notes.into_inner()
    }

    /// Every name that is there as such, links unresolved.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        self.tree.entries().iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// What a path leads to, with the path where it really is. The root itself has no entry.
    pub(super) fn find(&self, path: &str) -> Option<(String, &'a Entry)> {
        let real = self.real(path)?;
        self.tree.entries().get(&real).map(|entry| (real, entry))
    }

    /// The regular file that a path leads to.
    pub(super) fn file(&self, path: &str) -> Option<(String, &'a Entry)> {
        self.find(path).filter(|(_, entry)| entry.kind == Kind::File)
    }

    /// The names in the folder that a path leads to, in order, each without the folder.
    pub(super) fn names(&self, folder: &str) -> Vec<&'a str> {
        let Some(real) = self.real(folder) else { return Vec::new() };
        let prefix = if real == "/" { real } else { real + "/" };
        let from = Bound::Excluded(prefix.as_str());
        let below = self.tree.entries().range::<str, _>((from, Bound::Unbounded));
        below.map_while(|(path, _)| path.strip_prefix(&prefix)).filter(|name| !name.contains('/')).collect()
    }

    /// The reader of a file at its real path.
    pub(super) fn open(&self, real: &str) -> io::Result<Box<dyn ReadAt + 'a>> {
        self.tree.open(real)
    }

    /// The reader, or none with a note.
    pub(super) fn try_open(&self, real: &str) -> Option<Box<dyn ReadAt + 'a>> {
        match self.tree.open(real) {
            Ok(file) => Some(file),
            Err(error) => {
                self.note(format!("cannot read {real}: {}", crate::error::io_reason(&error)));
                None
            }
        }
    }

    /// The whole content of the file that a path leads to; none where there is none, and none with a note
    /// where it has more than `limit` bytes or cannot be read.
    pub(super) fn bytes(&self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let (real, entry) = self.file(path)?;
        if entry.size > limit {
            self.note(format!("{real} has {} bytes, where {limit} are the most that are read", entry.size));
            return None;
        }
        let file = self.try_open(&real)?;
        let size = usize::try_from(file.size().min(limit)).unwrap_or_default();
        let mut bytes = vec![0; size];
        match file.read_exact_at(&mut bytes, 0) {
            Ok(()) => Some(bytes),
            Err(error) => {
                self.note(format!("cannot read {real}: {}", crate::error::io_reason(&error)));
                None
            }
        }
    }

    /// [`Self::bytes`] as text; bytes that are not UTF-8 become replacement characters.
    pub(super) fn text(&self, path: &str, limit: u64) -> Option<String> {
        self.bytes(path, limit).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The first bytes of the file at its real path, fewer where it is shorter.
    pub(super) fn head(&self, real: &str, length: usize) -> Option<Vec<u8>> {
        let file = self.try_open(real)?;
        let length = length.min(usize::try_from(file.size()).unwrap_or(length));
        let mut bytes = vec![0; length];
        file.read_exact_at(&mut bytes, 0).is_ok().then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn links_stay_inside_and_folders_are_listed() {
        let tree = Memory::new()
            .file("/usr/lib/a.so", b"a")
            .file("/usr/lib/sub/b.so", b"b")
            .file("/usr/lib64", b"not below /usr/lib")
            .link("/lib", "../../../usr/lib")
            .link("/loop", "loop");
        let view = View::of(&tree);
        assert_eq!(view.names("/lib"), ["a.so", "sub"]);
        assert_eq!(view.names("/"), ["lib", "loop", "usr"]);
        assert_eq!(view.file("/lib/a.so").unwrap().0, "/usr/lib/a.so");
        assert!(view.file("/lib").is_none() && view.find("/loop").is_none());
        assert!(view.names("/loop").is_empty());
    }

    #[test]
    fn what_is_too_large_is_a_note() {
        let tree = Memory::new().file("/etc/passwd", b"0123456789");
        let view = View::of(&tree);
        assert_eq!(view.bytes("/etc/passwd", 10).unwrap().len(), 10);
        assert_eq!(view.bytes("/etc/passwd", 9), None);
        assert_eq!(view.bytes("/etc/group", 9), None);
        assert_eq!(view.notes(), ["/etc/passwd has 10 bytes, where 9 are the most that are read"]);
    }
}
