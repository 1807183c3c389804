//! Who a container runs as: the configuration's word against the image's own passwd and group.
//!
//! Source: `moby/sys/user`, `GetExecUser`, which runc, docker and podman share: a name or a number, each with a group
//! behind a colon; a number needs no line, a name does; without a group of its own the groups that list the user
//! count too, and a number without a line has group 0.

use super::walk::Names;
use crate::image::read::Entry;

/// A user as permission bits see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Numeric id.
    pub uid: u32,
    /// Numeric ids of its groups.
    pub gids: Vec<u32>,
}

/// A name that no line has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The whole word: `app:staff`.
    pub written: String,
    /// The part that nobody knows: `staff`.
    pub name: String,
    /// Whether that is the group.
    pub group: bool,
    /// Names that are there.
    pub known: Vec<String>,
}

impl Who {
    /// The user of an image that names none.
    pub fn root() -> Self {
        Self { uid: 0, gids: vec![0] }
    }

    /// Whether it may start a file, or pass a folder: `inode_permission` (`fs/namei.c`) with the capability that
    /// engines leave to root, which passes every folder, and starts what anybody may start.
    pub fn may_execute(&self, entry: &Entry, folder: bool) -> bool {
        if self.uid == 0 {
            return folder || entry.mode & 0o111 != 0;
        }
        entry.mode & self.bits(entry, 0o111) != 0
    }

    /// Whether it may read a file.
    pub fn may_read(&self, entry: &Entry) -> bool {
        self.uid == 0 || entry.mode & self.bits(entry, 0o444) != 0
    }

    /// The one class of bits that counts.
    fn bits(&self, entry: &Entry, all: u32) -> u32 {
        let class = match () {
            () if entry.uid == self.uid => 0o700,
            () if self.gids.contains(&entry.gid) => 0o070,
            () => 0o007,
        };
        all & class
    }
}

/// The user that a word means; none is root.
pub(super) fn resolve(names: &Names<'_>, written: Option<&str>) -> Result<Who, Stranger> {
    let written = written.unwrap_or_default();
    let (user, group) = match written.split_once(':') {
        Some((user, group)) => (user, Some(group).filter(|group| !group.is_empty())),
        None => (written, None),
    };
    let passwd = rows(names, "/etc/passwd");
    let groups = rows(names, "/etc/group");
    let stranger = |name: &str, group: bool, rows: &[Vec<String>]| Stranger {
        written: written.to_owned(),
        name: name.to_owned(),
        group,
        known: rows.iter().filter_map(|row| row.first().cloned()).collect(),
    };
    let is = |row: &&Vec<String>, word: &str| {
        row.first().is_some_and(|name| name == word) || id(row, 2) == word.parse().ok()
    };
    let mut who = Who::root();
    let mut name = None;
    if !user.is_empty() || written.is_empty() {
        let wanted = if user.is_empty() { "0" } else { user };
        match passwd.iter().find(|row| is(row, wanted)) {
            Some(row) => {
                who = Who { uid: id(row, 2).unwrap_or(0), gids: vec![id(row, 3).unwrap_or(0)] };
                name = row.first().cloned();
            }
            None => who.uid = wanted.parse().map_err(|_| stranger(user, false, &passwd))?,
        }
    }
    if let Some(group) = group {
        let gid = groups.iter().find(|row| is(row, group)).and_then(|row| id(row, 2));
        let gid = gid.or_else(|| group.parse().ok()).ok_or_else(|| stranger(group, true, &groups))?;
        who.gids = vec![gid];
    } else {
        let lists = |row: &&Vec<String>| {
            let members = row.get(3).map(String::as_str).unwrap_or_default();
            name.as_deref().is_some_and(|name| members.split(',').any(|member| member == name))
        };
        who.gids.extend(groups.iter().filter(lists).filter_map(|row| id(row, 2)));
    }
    Ok(who)
}

fn id(row: &[String], field: usize) -> Option<u32> {
    row.get(field)?.parse().ok()
}

/// The lines of one of the two files, in fields; none where it is not there.
fn rows(names: &Names<'_>, path: &str) -> Vec<Vec<String>> {
    let text = names.text(path).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(':').map(str::to_owned).collect()).collect()
}
