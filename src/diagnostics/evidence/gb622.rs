//! A script, and an image without its interpreter.

use serde::Serialize;

use super::CopiedFile;

/// A script that names an interpreter which the image does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScriptInterpreterMissing {
    /// The script.
    pub script: CopiedFile,
    /// Its first line.
    pub first_line: String,
    /// The interpreter without its folder, that behind `env` where there is one: `bash`.
    pub interpreter: String,
    /// The image of the stage that the script is started in, as written.
    pub image: String,
    /// The shell of busybox, which such an image has and no other; none where it has no shell at all.
    pub shell: Option<String>,
}
