//! GB613 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb613::CertificatesNotInstalled;

pub(super) fn message(found: &CertificatesNotInstalled) -> Message {
    Message {
        title: "the program connects over TLS, but the image has no CA certificates".to_owned(),
        evidence: vec![line("the program", "connects over TLS"), line(format!("{} has", found.image), "none, and nothing in this file adds them")],
        production: Some("tls: failed to verify certificate: x509: certificate signed by unknown authority".to_owned()),
        cause: None,
        help: vec!["from a stage that has them: COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/".to_owned(), "on debian or ubuntu: RUN apt-get update && apt-get install -y ca-certificates".to_owned()],
    }
}
