//! A program that opens TLS connections, in an image without certificates to trust.

use serde::Serialize;

/// What needs the certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CertificatesMissing {
    /// A function that is linked in and looks for it.
    pub function: &'static str,
    /// Whether it is known that the image lacks it; false where nobody knows.
    pub known: bool,
}
