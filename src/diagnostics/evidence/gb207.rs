//! glibc that is linked in statically and still loads its name services.

use serde::Serialize;

/// A static file that names `libnss_*.so`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StaticNss {}
