//! `GOEXPERIMENT=boringcrypto` needs cgo. Without it the build is green and holds Go's own cryptography.

use super::{Check, Outcome, Subject};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::gb111::BoringcryptoMissing;

pub(super) static CHECK: Check = Check { diagnostic: &catalog::GB111, run };

fn run(subject: &Subject<'_>) -> Outcome {
    let Some(info) = subject.binary.build_info() else { return Outcome::Fits };
    let experiments = info.setting("GOEXPERIMENT").unwrap_or_default();
    if !experiments.split(',').any(|word| word == "boringcrypto") {
        return Outcome::Fits;
    }
    // Where the module exists at all: Go's `internal/buildcfg` and `crypto/internal/boring`.
    let arch = info.setting("GOARCH").unwrap_or_default();
    let found = match (info.setting("CGO_ENABLED"), arch) {
        (Some("0"), _) => BoringcryptoMissing::WithoutCgo,
        (_, "amd64" | "arm64" | "") => return Outcome::Fits,
        (_, other) => BoringcryptoMissing::Architecture { arch: other.to_owned() },
    };
    Outcome::misfit(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::Binary;
    use crate::checks::fixtures::{self as fix, Case, lines};

    fn recorded(settings: &[(&str, &str)]) -> Case {
        Case::new(Binary { go: fix::go(settings), ..fix::static_go() })
    }

    #[test]
    fn boringcrypto_with_cgo_fits_and_so_does_not_asking_for_it() {
        recorded(&[("GOEXPERIMENT", "boringcrypto"), ("CGO_ENABLED", "1"), ("GOARCH", "arm64")]).fits(&CHECK);
        recorded(&[("GOEXPERIMENT", "noboringcrypto"), ("CGO_ENABLED", "0")]).fits(&CHECK);
        Case::new(fix::static_go()).fits(&CHECK);
    }

    #[test]
    fn without_cgo_or_on_another_architecture_it_is_not_there() {
        let asked = ("GOEXPERIMENT", "synctest,boringcrypto");
        let details = recorded(&[asked, ("CGO_ENABLED", "0"), ("GOARCH", "amd64")]).misfit(&CHECK);
        assert_eq!(lines(&details)[1], "rpc records CGO_ENABLED=0");
        let details = recorded(&[asked, ("CGO_ENABLED", "1"), ("GOARCH", "s390x")]).misfit(&CHECK);
        assert_eq!(lines(&details)[1], "rpc records GOARCH=s390x");
    }

    #[test]
    fn a_file_without_a_record_says_nothing_of_it() {
        Case::new(fix::static_c()).fits(&CHECK);
    }
}
