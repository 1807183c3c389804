//! GB111 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::evidence::gb111::BoringcryptoMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &BoringcryptoMissing, about: &About) -> Message {
    let reason = match found {
        BoringcryptoMissing::WithoutCgo => "CGO_ENABLED=0".to_owned(),
        BoringcryptoMissing::Architecture { arch } => format!("GOARCH={arch}"),
    };
    Message {
        title: "the binary does not have the requested BoringCrypto".to_owned(),
        evidence: vec![
            noted(format!("{} records", about.file), "GOEXPERIMENT=boringcrypto", "its build information"),
            line(format!("{} records", about.file), reason),
        ],
        production: None,
        cause: Some("go silently leaves it out without cgo, and on anything but amd64 and arm64".to_owned()),
        help: vec![
            format!(
                "use Go's own FIPS module, which needs no C (Go 1.24): GOFIPS140=latest {}",
                rebuild(about)
            ),
            format!("or build with cgo: CGO_ENABLED=1 GOEXPERIMENT=boringcrypto {}", rebuild(about)),
        ],
    }
}
