//! A program that opens TLS connections, in an image without certificates to trust.

use super::advice::lack;
use super::traits::{
    CERTIFICATES, CERTIFICATES_LINKED_IN, HTTP_CLIENT, HTTP_SERVER, SYSTEM_POOL, TLS_CLIENT,
};
use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb301::CertificatesMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB301, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let (Some(image), Some(traits)) = (subject.image, subject.traits) else { return Outcome::Fits };
    if subject.platform.os != "linux" || !traits.has(CERTIFICATES) || traits.has(CERTIFICATES_LINKED_IN) {
        return Outcome::Fits;
    }
    // Every server of net/http has the code to read them, and most never connect to anything.
    let client = [HTTP_CLIENT, TLS_CLIENT, SYSTEM_POOL].into_iter().find(|function| traits.has(function));
    if client.is_none() && traits.has(HTTP_SERVER) && !subject.thorough {
        return Outcome::Fits;
    }
    let Some(lack) = lack(subject, image.ca_certificates) else { return Outcome::Fits };
    let function = client.unwrap_or(CERTIFICATES);
    lack.outcome(CertificatesMissing { function, known: lack.is_known() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixtures::{self as fix, Case, lines};
    use crate::image::{Fact, Image};

    fn case(functions: &[&str], there: Fact<bool>) -> Case {
        let image = Image { ca_certificates: there, ..fix::scratch() };
        Case::new(fix::static_go()).image(image).calling(functions)
    }

    #[test]
    fn a_bundle_fits_and_so_does_needing_none() {
        case(&[CERTIFICATES, HTTP_CLIENT], Fact::Known(true)).fits(&CHECK);
        case(&[], Fact::Known(false)).fits(&CHECK);
        case(&[CERTIFICATES, HTTP_CLIENT, CERTIFICATES_LINKED_IN], Fact::Known(false)).fits(&CHECK);
        Case::new(fix::static_go()).calling(&[CERTIFICATES, HTTP_CLIENT]).fits(&CHECK);
    }

    #[test]
    fn a_client_without_certificates_is_told_the_line_to_write() {
        let details = case(&[CERTIFICATES, HTTP_CLIENT], Fact::Known(false)).misfit(&CHECK);
        assert_eq!(
            lines(&details),
            [
                "rpc calls net/http.(*Transport).dialConn (its table of functions)",
                "scratch has no bundle where Go looks for one",
            ]
        );
        assert!(
            details.help[0].ends_with("COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/")
        );
        case(&[CERTIFICATES], Fact::Known(false)).misfit(&CHECK);
    }

    #[test]
    fn a_server_that_connects_to_nobody_is_left_alone_unless_asked() {
        let server = || case(&[CERTIFICATES, HTTP_SERVER], Fact::Known(false));
        server().fits(&CHECK);
        server().thorough().misfit(&CHECK);
    }

    #[test]
    fn an_unknown_cell_is_silent_in_a_build_and_shown_when_asked() {
        let unknown = || case(&[CERTIFICATES, TLS_CLIENT], Fact::Unknown);
        unknown().fits(&CHECK);
        assert_eq!(lines(&unknown().thorough().cannot_tell(&CHECK))[1], "for scratch it is not known");
    }
}
