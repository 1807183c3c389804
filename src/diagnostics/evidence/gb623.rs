//! A file that is started and that nobody may execute.

use serde::Serialize;

use super::CopiedFile;

/// A file without an executable bit, in the build context and therefore in the image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScriptNotExecutable {
    /// The file.
    pub file: CopiedFile,
}
