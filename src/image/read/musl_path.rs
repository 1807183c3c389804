//! `/etc/ld-musl-ARCH.path`: where musl's loader looks instead of its own folders.
//!
//! Rules: musl `ldso/dynlink.c`: the file lies below the loader's path less two parts, folders are separated
//! by colons and line feeds.

use super::view::View;

const SIZE: u64 = 1 << 20;

/// The folders for a loader's path (`/lib/ld-musl-x86_64.so.1`); none where there is no such file. One that
/// cannot be read means no folders at all.
pub(super) fn dirs(view: &View<'_>, loader: &str) -> Option<Vec<String>> {
    let (folder, name) = loader.rsplit_once('/')?;
    let arch = name.strip_prefix("ld-musl-")?.strip_suffix(".so.1")?;
    let prefix = folder.rsplit_once('/').map_or("", |(prefix, _)| prefix);
    let path = format!("{prefix}/etc/ld-musl-{arch}.path");
    view.file(&path)?;
    let text = view.text(&path, SIZE).unwrap_or_default();
    Some(text.split([':', '\n']).filter(|folder| !folder.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn colons_and_lines_separate() {
        let tree = Memory::new().file("/etc/ld-musl-x86_64.path", b"/lib:/usr/lib\n/opt/lib\n");
        let view = View::of(&tree);
        assert_eq!(dirs(&view, "/lib/ld-musl-x86_64.so.1").unwrap(), ["/lib", "/usr/lib", "/opt/lib"]);
        assert_eq!(dirs(&view, "/lib/ld-musl-aarch64.so.1"), None);
        assert_eq!(dirs(&view, "/opt/musl/lib/ld-musl-x86_64.so.1"), None);
        assert_eq!(dirs(&view, "/lib64/ld-linux-x86-64.so.2"), None);
    }
}
