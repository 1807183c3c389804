//! GB301 in words.

use super::shared::lacks;
use crate::diagnostics::evidence::gb301::CertificatesMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &CertificatesMissing, about: &About) -> Message {
    Message {
        title: "the image has no CA certificates for this binary's TLS connections".to_owned(),
        evidence: lacks(about, found.function, found.known, "no bundle where Go looks for one"),
        production: Some(
            "tls: failed to verify certificate: x509: certificate signed by unknown authority".to_owned(),
        ),
        cause: None,
        help: vec![
            "copy them in the Dockerfile:\n\
             COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/"
                .to_owned(),
            "or link them in: import _ \"golang.org/x/crypto/x509roots/fallback\"".to_owned(),
        ],
    }
}
