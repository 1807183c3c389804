//! `GOEXPERIMENT=boringcrypto` in a build that could not have it.

use serde::Serialize;

/// Why go left it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "case", rename_all = "kebab-case")]
pub enum BoringcryptoMissing {
    /// `CGO_ENABLED=0`
    WithoutCgo,
    /// There is none for the architecture.
    Architecture {
        /// GOARCH, as the build information has it.
        arch: String,
    },
}
