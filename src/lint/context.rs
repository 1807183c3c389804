//! What lies beside the Dockerfile: the files that `docker build` would send.

/// A file or folder of the build context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the context, with `/`.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether whoever started it could run it; none where the file system does not say.
    pub executable: Option<bool>,
}

/// What Go stamped into a binary of the source it was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The path of the main module.
    pub module: String,
    /// The hash of the commit.
    pub revision: String,
    /// Whether there were changes that were not committed.
    pub modified: bool,
}

/// The build context, behind a wall: rules ask, and never open a file.
pub trait Context {
    /// Everything there, sorted by path, ignored files included; the insides of `.git` and `node_modules` are
    /// left out.
    fn entries(&self) -> &[Entry];
    /// Whether the entries may lack something that is there: a folder that cannot be read, too many files.
    fn is_cut(&self) -> bool;
    /// Whether there is anything of that name, whether or not it was listed; links are followed.
    fn is_there(&self, path: &str) -> bool;
    /// The text of a file, where it is one of moderate size.
    fn text(&self, path: &str) -> Option<String>;
    /// Whether `.dockerignore` keeps it from the build.
    fn is_ignored(&self, path: &str) -> bool;
    /// What the checks say of a binary in the final image; none for what is no binary.
    fn judged(&self, path: &str) -> Option<Vec<crate::diagnostics::Finding>>;
    /// What Go stamped into a binary; none for what is none, or has no revision.
    fn stamp(&self, path: &str) -> Option<Stamp>;
    /// The hash of the commit that is checked out; none where git does not say.
    fn head(&self) -> Option<String>;

    /// One entry by its path.
    fn entry(&self, path: &str) -> Option<&Entry> {
        let entries = self.entries();
        entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok().map(|at| &entries[at])
    }
}

/// A context of which nothing is known.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Context for Nothing {
    fn entries(&self) -> &[Entry] {
        &[]
    }

    fn is_cut(&self) -> bool {
        true
    }

    fn is_there(&self, _: &str) -> bool {
        true
    }

    fn text(&self, _: &str) -> Option<String> {
        None
    }

    fn is_ignored(&self, _: &str) -> bool {
        false
    }

    fn judged(&self, _: &str) -> Option<Vec<crate::diagnostics::Finding>> {
        None
    }

    fn stamp(&self, _: &str) -> Option<Stamp> {
        None
    }

    fn head(&self) -> Option<String> {
        None
    }
}
