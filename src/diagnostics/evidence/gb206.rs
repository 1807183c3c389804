//! Search paths that exist on the machine that linked the file and nowhere else.

use serde::Serialize;

/// The paths, and what is searched for in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BuildHostPath {
    /// In the order of the file.
    pub searched: Vec<Searched>,
    /// `DT_NEEDED`
    pub needed: Vec<String>,
}

/// One path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Searched {
    /// As it stands in the file.
    pub folder: String,
    /// Whether it stands in `DT_RUNPATH`; else in `DT_RPATH`.
    pub runpath: bool,
    /// What kind of a place it is.
    pub place: Place,
}

/// A kind of folder that belongs to a machine or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Nix, Guix.
    PackageStore,
    /// `/home`, `/root`, `/Users`
    Home,
    /// Go's module cache.
    ModuleCache,
    /// `/tmp`, where anybody may write.
    Temporary,
    /// A folder of a build service.
    Build,
    /// Not absolute.
    Relative,
}
