//! GB207 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::{About, Message};

pub(super) fn message(about: &About) -> Message {
    Message {
        title: "the static binary loads glibc's name services from the image".to_owned(),
        evidence: vec![
            noted(
                format!("{} loads", about.file),
                "libnss_*.so from the same build of glibc",
                "linked statically",
            ),
            line("used by", "getaddrinfo, getpwnam_r and the like of net and os/user"),
        ],
        production: Some("SIGSEGV: segmentation violation (in getaddrinfo), or no such host".to_owned()),
        cause: Some("-extldflags=-static with glibc, and cgo on for net or os/user".to_owned()),
        help: vec![format!("use Go's own: {} -tags=netgo,osusergo", rebuild(about))],
    }
}
