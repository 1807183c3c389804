//! The system's certificates, without which every TLS server is a stranger.

use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb613::CertificatesNotInstalled;
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB613, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image().filter(|image| image.ca_certificates == Fact::Known(false)) else {
        return Vec::new();
    };
    let brought = facts
        .may_install(facts.last, &["ca-certificates", "ca-certificates-bundle", "ca-certificates-mozilla"])
        || facts.runs_program(facts.last, &["update-ca-certificates", "update-ca-trust"])
        || facts.names_path(facts.last, &["cacert"])
        || facts.sets_variable("SSL_CERT_")
        || facts.source.imports.iter().any(|path| path.contains("x509roots") || path.contains("rootcerts"))
        || brings(facts, &["cert", "ssl", "pki", ".pem", ".crt"]);
    if !facts.program().is_some_and(|source| source.asks_by_tls) || brought {
        return Vec::new();
    }
    let from = &facts.resolved.bottom(facts.last).parsed.image;
    vec![super::found(&from.span, CertificatesNotInstalled { image: image.written.clone() })]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{last, quiet, quiet_with, said_with};

    const PROGRAM: &[(&str, &str)] = &[(
        "main.go",
        "package main\n\nimport \"net/http\"\n\nfunc main() { http.Get(\"https://example.com\") }\n",
    )];

    #[test]
    fn fires() {
        assert_eq!(said_with(&RULE, &last("scratch", ""), PROGRAM), ["scratch"]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &last("scratch", ""));
        quiet_with(&RULE, &last("alpine:3.24", ""), PROGRAM);
        quiet_with(
            &RULE,
            &last("scratch", "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n"),
            PROGRAM,
        );
    }

    #[test]
    fn does_not_guess() {
        quiet_with(&RULE, &last("registry.example.com/base:7", ""), PROGRAM);
        quiet_with(&RULE, &last("debian:13-slim", "RUN install_packages curl\n"), PROGRAM);
        quiet_with(&RULE, &last("scratch", "COPY --from=build /root /\n"), PROGRAM);
    }
}
