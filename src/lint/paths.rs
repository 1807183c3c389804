//! Absolute paths in an image.

/// Whether an absolute path leads into a folder; the folder itself is not in it.
pub(super) fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}
