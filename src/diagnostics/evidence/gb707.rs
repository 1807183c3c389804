//! A user or group that an image runs as and has no line for.

use serde::Serialize;

use super::Starting;
use crate::image::start::user::Stranger;

/// A name that `/etc/passwd` or `/etc/group` does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UserUnknown {
    /// Who starts what as this user.
    pub starting: Starting,
    /// The name, and those that are there.
    pub stranger: Stranger,
}
