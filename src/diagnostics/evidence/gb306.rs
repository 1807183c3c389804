//! A program that opens plugins and has no loader to open them with.

use serde::Serialize;

/// What opens plugins in a static file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PluginsNotLoadable {
    /// The function that is linked in: `plugin.Open`.
    pub function: &'static str,
    /// Whether the build information says that cgo was off.
    pub without_cgo: bool,
}
