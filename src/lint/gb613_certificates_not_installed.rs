//! The system's certificates, without which every TLS server is a stranger.

use super::contents::brings;
use super::facts::Facts;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb613::CertificatesNotInstalled;
use crate::image::Fact;

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB613, run };

/// Packages that bring certificates along in the binary.
const ROOTS: &[&str] =
    &["golang.org/x/crypto/x509roots/fallback", "github.com/breml/rootcerts", "github.com/gwatts/rootcerts"];

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image().filter(|image| image.ca_certificates == Fact::Known(false)) else {
        return Vec::new();
    };
    let brought = facts
        .may_install(facts.last, &["ca-certificates", "ca-certificates-bundle", "ca-certificates-mozilla"])
        || facts.runs_program(facts.last, &["update-ca-certificates", "update-ca-trust"])
        || facts.names_path(facts.last, &["cacert"])
        || facts.sets_variable("SSL_CERT_")
        || facts
            .program(true)
            .is_some_and(|code| code.imports.iter().any(|path| ROOTS.contains(&path.as_str())))
        || brings(facts, &["cert", "ssl", "pki", ".pem", ".crt"]);
    if !facts.program(false).is_some_and(|code| code.asks_by_tls) || brought {
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
    fn asks_the_program_that_is_built() {
        let other = [("cmd/a/main.go", "package main\n\nfunc main() {}\n"), ("cmd/b/main.go", PROGRAM[0].1)];
        let file = last("scratch", "");
        quiet_with(&RULE, &file.replace("-o /app .", "-o /app ./cmd/a"), &other);
        assert_eq!(said_with(&RULE, &file.replace("-o /app .", "-o /app ./cmd/b"), &other), ["scratch"]);
        // Only a part of the context is there, at another place.
        let moved =
            file.replace("COPY . .", "COPY go.mod ./\nCOPY cmd/b ./x").replace("-o /app .", "-o /app ./x");
        assert_eq!(said_with(&RULE, &moved, &other), ["scratch"]);
    }

    #[test]
    fn does_not_guess() {
        quiet_with(&RULE, &last("registry.example.com/base:7", ""), PROGRAM);
        quiet_with(&RULE, &last("debian:13-slim", "RUN install_packages curl\n"), PROGRAM);
        quiet_with(&RULE, &last("scratch", "COPY --from=build /root /\n"), PROGRAM);
    }
}
