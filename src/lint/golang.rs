//! Docker's golang image.

/// Whether it is Docker's golang image, under whatever registry it is mirrored.
pub(super) fn is_golang(name: &str) -> bool {
    let path = name.split(['@']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split(':').next() == Some("golang")
}
