//! Where gobuild is meant to be of another mind than this machine. Each pair has to differ, or it goes.

/// Binaries and roots of which every pair differs.
pub(super) struct Exception {
    pub(super) binaries: &'static [&'static str],
    /// Roots, or images of the catalogue.
    pub(super) roots: &'static [&'static str],
    pub(super) reason: &'static str,
}

impl Exception {
    /// Whether it lists a pair.
    pub(super) fn names(&self, binary: &str, root: &str) -> bool {
        self.binaries.contains(&binary) && self.roots.contains(&root)
    }
}

pub(super) const EXCEPTIONS: &[Exception] = &[];
