//! Layers laid over each other, as an engine would unpack them.
//!
//! Sources: the OCI image spec, `layer.md` (whiteouts, opaque folders), and containerd's `archive` package for
//! what the spec leaves open: a name's folder is found through the links that are there already, inside the
//! root.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::ops::Bound;

use super::bytes::Sequential;
use super::journal::Journal;
use super::spool::{Piece, Spool};
use super::tally::Tally;
use super::tar::{self, Member, Members};
use crate::binary::ReadAt;
use crate::error::io_reason;
use crate::image::read::{Entry, Kind, Tree, budget};
use crate::image::root::follow;

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
/// Records of aufs, which are no whiteouts.
const META: &str = ".wh..wh.";
/// What a folder or a name that is hidden takes in memory beside its path.
const HIDDEN: u64 = 80;

/// The root file system of an image: names in memory, contents that matter in a temporary file.
#[derive(Debug)]
pub(super) struct Layers {
    entries: BTreeMap<String, Entry>,
    /// Where the content of a file is, and the number of the layer that a name came with: at the place that
    /// its entry says. A second map by names would cost as much memory as the first.
    nodes: Vec<(Option<Piece>, usize)>,
    spool: Spool,
    layer: usize,
    /// What the present layer has hidden already: once is enough, and a layer may say it a million times.
    hidden: BTreeSet<String>,
    /// The last folder that was resolved: most names follow another one of the same folder.
    last: Option<(String, String)>,
    tally: Tally,
    /// What [`super::limits::Limits::names`] is held against.
    names: u64,
}

/// Why a layer cannot be laid over the others.
#[derive(Debug)]
pub(super) enum Trouble {
    Io(io::Error),
    /// The layer is at fault, in words.
    Layer(String),
}

impl Trouble {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Io(error) => io_reason(error),
            Self::Layer(words) => words.clone(),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Layers {
    /// Nothing yet.
    pub(super) fn new(tally: &Tally) -> io::Result<Self> {
        Ok(Self {
            entries: BTreeMap::new(),
            nodes: Vec::new(),
            spool: Spool::new()?,
            layer: 0,
            hidden: BTreeSet::new(),
            last: None,
            tally: tally.clone(),
            names: 0,
        })
    }

    /// Lays one layer, an unpacked tar stream, over what is there; `journal` takes it down for a second time.
    pub(super) fn lay(&mut self, layer: impl Read, mut journal: Option<&mut Journal>) -> Result<(), Trouble> {
        self.layer += 1;
        self.hidden.clear();
        let mut members = Members::new(Sequential::new(layer));
        while let Some(member) = members.next()? {
            self.count()?;
            let piece = match member.kind {
                tar::Kind::File => self.spool.keep(&mut members, member.size, &self.tally)?,
                _ => None,
            };
            if let Some(journal) = &mut journal {
                journal.write(&member, piece)?;
            }
            self.member(member, piece)?;
        }
        // What follows the archive's end belongs to the packed stream and its checksum.
        io::copy(&mut members.into_rest(), &mut io::sink())?;
        Ok(())
    }

    /// Lays a layer once more that was read before.
    pub(super) fn lay_again(&mut self, journal: &Journal) -> Result<(), Trouble> {
        self.layer += 1;
        self.hidden.clear();
        for line in journal.lines()? {
            let (member, piece) = line?;
            self.count()?;
            self.member(member, piece)?;
        }
        Ok(())
    }

    /// Counts a name.
    fn count(&mut self) -> Result<(), Trouble> {
        self.names += 1;
        let limits = self.tally.limits();
        if self.names > limits.names {
            return Err(Trouble::Layer(limits.too_many_names().message));
        }
        Ok(())
    }

    fn member(&mut self, member: Member, piece: Option<Piece>) -> Result<(), Trouble> {
        let Some(written) = inside(&member.path) else {
            return Err(Trouble::Layer(format!("the name `{}` leads out of the root", shown(&member.path))));
        };
        let Some((folder, name)) = written.rsplit_once('/') else {
            // The root itself.
            return Ok(());
        };
        if name == OPAQUE {
            let folder = self.resolved(folder, &member.path)?;
            return self.clear(&folder);
        }
        if name.starts_with(META) {
            return Ok(());
        }
        let folder = self.resolved(folder, &member.path)?;
        if let Some(hidden) = name.strip_prefix(WHITEOUT) {
            if hidden.is_empty() || matches!(hidden, "." | "..") {
                return Err(Trouble::Layer(format!("the whiteout `{}` names nothing", shown(&member.path))));
            }
            return self.hide(&format!("{folder}/{hidden}"));
        }
        self.parents(&folder)?;
        let path = format!("{folder}/{name}");
        let Member { kind, mode, uid, gid, size, .. } = member;
        let entry = |kind, size| Entry { kind, mode, uid, gid, size, place: 0 };
        match kind {
            tar::Kind::Folder => {
                if self.entries.get(&path).is_some_and(|there| there.kind != Kind::Folder) {
                    self.remove(&path);
                }
                self.insert(path, entry(Kind::Folder, 0), None)
            }
            tar::Kind::File => self.replace(path, entry(Kind::File, size), piece),
            tar::Kind::Link(target) => self.replace(path, entry(Kind::Link(target), 0), None),
            tar::Kind::Other => self.replace(path, entry(Kind::Other, 0), None),
            tar::Kind::Hard(target) => self.hard(path, &target),
        }
    }

    /// A second name for a file that is there. The target is a path of the archive, so a link in its last
    /// part is not followed: the new name is a link too then.
    fn hard(&mut self, path: String, target: &str) -> Result<(), Trouble> {
        let wrong = |words: &str| {
            Trouble::Layer(format!("the hard link `{}` to `{}` {words}", shown(&path), shown(target)))
        };
        let Some(written) = inside(target) else { return Err(wrong("leads out of the root")) };
        let Some((folder, name)) = written.rsplit_once('/') else { return Err(wrong("is one to a folder")) };
        let real = format!("{}/{name}", self.resolved(folder, target)?);
        let Some(entry) = self.entries.get(&real).cloned() else {
            return Err(wrong("leads to nothing"));
        };
        if entry.kind == Kind::Folder {
            return Err(wrong("is one to a folder"));
        }
        if real == path {
            return Ok(());
        }
        let piece = self.node(&real).and_then(|node| node.0);
        self.replace(path, entry, piece)
    }

    /// A folder with every link in it followed inside the root.
    fn resolved(&mut self, folder: &str, member: &str) -> Result<String, Trouble> {
        if let Some((written, real)) = &self.last
            && written == folder
        {
            return Ok(real.clone());
        }
        let real = follow(folder, |link| self.link(link));
        let real = real.ok_or_else(|| {
            Trouble::Layer(format!("the folder of `{}` is a link that leads in circles", shown(member)))
        })?;
        let real = if real == "/" { String::new() } else { real };
        // Forty links can make a short name a path of any depth, each folder of which would be made.
        if real.len() > tar::PATH {
            return Err(Trouble::Layer(format!(
                "the folder of `{}` is a link to a path of more than {} bytes",
                shown(member),
                tar::PATH
            )));
        }
        self.last = Some((folder.to_owned(), real.clone()));
        Ok(real)
    }

    /// Folders that no layer named. They count as names: one long path makes thousands.
    fn parents(&mut self, folder: &str) -> Result<(), Trouble> {
        if folder.is_empty() || self.entries.get(folder).is_some_and(|there| there.kind == Kind::Folder) {
            return Ok(());
        }
        if let Some((above, _)) = folder.rsplit_once('/') {
            self.parents(above)?;
        }
        self.count()?;
        let entry = Entry { kind: Kind::Folder, mode: 0o755, uid: 0, gid: 0, size: 0, place: 0 };
        self.replace(folder.to_owned(), entry, None)
    }

    fn replace(&mut self, path: String, entry: Entry, piece: Option<Piece>) -> Result<(), Trouble> {
        self.remove(&path);
        self.insert(path, entry, piece)
    }

    fn node(&self, path: &str) -> Option<(Option<Piece>, usize)> {
        let place = self.entries.get(path)?.place;
        self.nodes.get(usize::try_from(place).ok()?).copied()
    }

    fn insert(&mut self, path: String, entry: Entry, piece: Option<Piece>) -> Result<(), Trouble> {
        // A folder that is named again is the same name.
        if let Some(old) = self.entries.get(&path) {
            self.tally.memory().refund(budget::of_name(&path, old));
        }
        self.tally.memory().spend(budget::of_name(&path, &entry))?;
        if matches!(entry.kind, Kind::Link(_)) {
            self.last = None;
        }
        // There are fewer names than numbers (`Limits::names`), and a name without a place is not there.
        let place = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push((piece, self.layer));
        let mut path = path;
        path.shrink_to_fit();
        self.entries.insert(path, Entry { place, ..entry });
        Ok(())
    }

    /// Takes a name away, with everything below it.
    fn remove(&mut self, path: &str) {
        let Some(entry) = self.taken(path) else { return };
        match entry.kind {
            Kind::Folder => {
                for below in self.below(path) {
                    self.forget(&below);
                }
                self.last = None;
            }
            Kind::Link(_) => self.last = None,
            Kind::File | Kind::Other => {}
        }
    }

    fn forget(&mut self, path: &str) {
        if self.taken(path).is_some_and(|entry| matches!(entry.kind, Kind::Link(_))) {
            self.last = None;
        }
    }

    fn taken(&mut self, path: &str) -> Option<Entry> {
        let entry = self.entries.remove(path)?;
        self.tally.memory().refund(budget::of_name(path, &entry));
        Some(entry)
    }

    /// A whiteout: it hides what lower layers have, not what its own layer brings.
    fn hide(&mut self, path: &str) -> Result<(), Trouble> {
        self.clear(path)?;
        let lower = self.node(path).is_some_and(|node| node.1 < self.layer);
        if lower && !self.has_below(path) {
            self.forget(path);
        }
        Ok(())
    }

    /// Takes away what lower layers have below a folder.
    fn clear(&mut self, folder: &str) -> Result<(), Trouble> {
        if !self.hidden.insert(folder.to_owned()) {
            return Ok(());
        }
        self.tally.memory().spend(HIDDEN + folder.len() as u64)?;
        // From below, so that a folder that stays empty goes after what was in it.
        for path in self.below(folder).into_iter().rev() {
            let lower = self.node(&path).is_some_and(|node| node.1 < self.layer);
            if lower && !self.has_below(&path) {
                self.forget(&path);
            }
        }
        Ok(())
    }

    fn has_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let from = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        self.entries.range::<str, _>(from).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let from = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        let below = self.entries.range::<str, _>(from).map(|(path, _)| path);
        below.take_while(|path| path.starts_with(&prefix)).cloned().collect()
    }
}

impl Tree for Layers {
    fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn ReadAt + '_>> {
        match self.node(path) {
            Some((Some(piece), _)) => Ok(Box::new(self.spool.reader(piece))),
            Some((None, _)) => Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// A name of a layer as an absolute path inside the root, empty for the root itself; none where it leads out.
fn inside(written: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.iter().fold(String::new(), |path, part| path + "/" + part))
}

/// A name as a message can show it: short, and without control characters.
fn shown(name: &str) -> String {
    name.chars().take(100).map(|c| if c.is_control() { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests;
