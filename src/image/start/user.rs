//! Who a container runs as: the configuration's word against the image's own passwd and group.
//!
//! Source: `moby/sys/user`, `GetExecUser`, which runc, docker and podman share: a name or a number, each with a group
//! behind a colon; a number needs no line, a name does; without a group of its own the groups that list the user
//! count too, and a number without a line has group 0.

use serde::Serialize;

use super::walk::Names;
use super::who::Who;

/// A name that no line has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
