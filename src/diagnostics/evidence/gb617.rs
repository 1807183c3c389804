//! A port that only root may listen on everywhere.

use serde::Serialize;

/// An `EXPOSE` below 1024 where another user than root runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LowPort {
    /// The number as written: `80`.
    pub port: String,
    /// What stands behind its slash: `tcp`.
    pub protocol: Option<String>,
    /// Who runs, as `USER` says; none where it is the image's own user.
    pub user: Option<String>,
}
