//! A program that connects over TLS, and an image without certificates.

use serde::Serialize;

/// An image without certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CertificatesNotInstalled {
    /// The final image, as written.
    pub image: String,
}
