//! Single names that programs count on: a shell, `/tmp`, the resolver's configuration, tables of mime types.

use super::tree::Kind;
use super::view::View;

const SHELL: &str = "/bin/sh";
/// Go `mime/type_unix.go`: `mimeGlobs`, then `typeFiles`.
const MIME_TYPES: &[&str] = &[
    "/usr/local/share/mime/globs2",
    "/usr/share/mime/globs2",
    "/etc/mime.types",
    "/etc/apache2/mime.types",
    "/etc/apache/mime.types",
    "/etc/httpd/conf/mime.types",
];

/// The shell that a shell-form instruction starts, where it can be executed.
pub(super) fn shell(view: &View<'_>) -> Option<String> {
    let (_, entry) = view.file(SHELL)?;
    (entry.mode & 0o111 != 0).then(|| SHELL.to_owned())
}

/// The mode of `/tmp`, where it is a folder.
pub(super) fn tmp(view: &View<'_>) -> Option<u32> {
    let (_, entry) = view.find("/tmp").filter(|(_, entry)| entry.kind == Kind::Folder)?;
    Some(entry.mode)
}

/// Whether a mode lets everybody create files in a folder: 1777 does, 0755 does not.
pub(super) const fn writable(mode: u32) -> bool {
    mode & 0o003 == 0o003
}

/// Whether there is a `nsswitch.conf`.
pub(super) fn nsswitch(view: &View<'_>) -> bool {
    view.file("/etc/nsswitch.conf").is_some()
}

/// Whether Go finds a table of mime types beside its own.
pub(super) fn mime_types(view: &View<'_>) -> bool {
    MIME_TYPES.iter().any(|path| view.file(path).is_some_and(|(_, entry)| entry.size > 0))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn a_shell_may_be_a_link_inside_the_root() {
        let tree = Memory::new().file("/bin/busybox", b"x").link("/bin/sh", "/bin/busybox");
        assert_eq!(shell(&View::of(&tree)).as_deref(), Some("/bin/sh"));
        let dangling = Memory::new().link("/bin/sh", "dash");
        assert_eq!(shell(&View::of(&dangling)), None);
    }

    #[test]
    fn tmp_is_a_folder_that_everybody_can_write_to() {
        let tree = Memory::new().folder("/tmp", 0o1777);
        assert!(writable(tmp(&View::of(&tree)).unwrap()));
        let tree = Memory::new().folder("/tmp", 0o755);
        assert!(!writable(tmp(&View::of(&tree)).unwrap()));
        let tree = Memory::new().file("/tmp", b"");
        assert_eq!(tmp(&View::of(&tree)), None);
        let tree = Memory::new().folder("/var/tmp", 0o1777).link("/tmp", "var/tmp");
        assert_eq!(tmp(&View::of(&tree)), Some(0o1777));
    }

    #[test]
    fn tables_are_there_or_not() {
        let tree = Memory::new().file("/etc/mime.types", b"text/plain txt\n").file("/etc/nsswitch.conf", b"");
        assert!(mime_types(&View::of(&tree)) && nsswitch(&View::of(&tree)));
        assert!(!mime_types(&View::of(&Memory::new())) && !nsswitch(&View::of(&Memory::new())));
    }
}
