//! The folders that glibc's loader has compiled in: texts in the loader itself, so that no table of
//! distributions is needed. Rule: glibc `elf/dl-load.c`, `system_dirs`; each ends in a slash.

use std::io;

use super::strings;
use crate::binary::ReadAt;
use crate::image::root::Library;

/// Whether a library is a loader of glibc, by its own name.
pub(super) fn is_glibc(library: &Library) -> bool {
    let name = library.soname.as_deref().unwrap_or_default();
    let is_loader =
        name.starts_with("ld-linux") || name.starts_with("ld64.so.") || name.starts_with("ld.so.");
    is_loader && library.verdef.is_some()
}

/// The folders, in the loader's order.
pub(super) fn system_dirs(file: &dyn ReadAt) -> io::Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    strings::each(file, |text| {
        if is_system_dir(text) && !found.iter().any(|known| known == text) {
            found.push(text.to_owned());
        }
        true
    })?;
    Ok(found)
}

fn is_system_dir(text: &str) -> bool {
    let inner = text.strip_prefix("/usr").unwrap_or(text);
    inner.starts_with("/lib")
        && inner.ends_with('/')
        && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_libraries_count_and_each_once() {
        let content: &[u8] = b"\0/lib/x86_64-linux-gnu/\0/usr/lib/x86_64-linux-gnu/\0/lib/\0/usr/lib/\0\
            /etc/ld.so.cache\0/lib/\0/usr/local/lib/\0/lib64\0/lib64/%s/\0";
        let expected = ["/lib/x86_64-linux-gnu/", "/usr/lib/x86_64-linux-gnu/", "/lib/", "/usr/lib/"];
        assert_eq!(system_dirs(&content).unwrap(), expected);
    }
}
