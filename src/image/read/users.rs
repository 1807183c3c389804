//! `/etc/passwd` and `/etc/group`, as `os/user` without cgo reads them: lines that are not well-formed are
//! passed over (Go `os/user/lookup_unix.go`).

use super::view::View;
use crate::image::facts::User;
use crate::image::root::Group;

/// Fifty thousand users.
const SIZE: u64 = 2 << 20;

/// The users; empty where there is no such file.
pub(super) fn users(view: &View<'_>) -> Vec<User> {
    rows(view, "/etc/passwd", 7).into_iter().map(|(name, uid)| User { name, uid }).collect()
}

/// The groups; empty where there is no such file.
pub(super) fn groups(view: &View<'_>) -> Vec<Group> {
    rows(view, "/etc/group", 4).into_iter().map(|(name, gid)| Group { name, gid }).collect()
}

/// Name and id of every line with at least this many fields.
fn rows(view: &View<'_>, path: &str, fields: usize) -> Vec<(String, u32)> {
    let text = view.text(path, SIZE).unwrap_or_default();
    let rows = text.lines().filter_map(|line| {
        let parts: Vec<&str> = line.trim().split(':').collect();
        let name = parts.first().filter(|name| !name.is_empty() && !name.starts_with(['#', '+', '-']))?;
        let id = parts.get(2)?.parse().ok()?;
        (parts.len() >= fields).then(|| ((*name).to_owned(), id))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn well_formed_lines_are_taken() {
        let tree = Memory::new()
            .file(
                "/etc/passwd",
                b"root:x:0:0:root:/root:/bin/sh\n# comment\n+nis::::::\nbad:x:abc:0:::\nshort:x:1\n\
                  nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
            )
            .file("/etc/group", b"root:x:0:\ntty:x:5:a,b\n");
        let view = View::of(&tree);
        let users: Vec<_> = users(&view).into_iter().map(|user| (user.name, user.uid)).collect();
        assert_eq!(users, [("root".to_owned(), 0), ("nonroot".to_owned(), 65532)]);
        let groups: Vec<_> = groups(&view).into_iter().map(|group| (group.name, group.gid)).collect();
        assert_eq!(groups, [("root".to_owned(), 0), ("tty".to_owned(), 5)]);
    }

    #[test]
    fn no_file_is_no_user() {
        let tree = Memory::new();
        assert!(users(&View::of(&tree)).is_empty() && groups(&View::of(&tree)).is_empty());
    }
}
