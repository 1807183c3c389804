//! What an image starts and is no file.

use serde::Serialize;

use super::Starting;

/// A folder, a device or a socket that is to be started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryPointNoFile {
    /// Who names it.
    pub starting: Starting,
    /// Its path.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
}
