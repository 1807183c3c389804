//! GB112 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::evidence::gb112::KernelTooNew;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &KernelTooNew, about: &About) -> Message {
    let (major, minor, patch) = found.demanded;
    Message {
        title: format!("the binary starts on Linux {major}.{minor} and newer only"),
        evidence: vec![
            noted(
                format!("{} demands", about.file),
                format!("Linux {major}.{minor}.{patch}"),
                "NT_GNU_ABI_TAG",
            ),
            line("the oldest supported is", format!("Linux {}.{}", found.oldest.0, found.oldest.1)),
        ],
        production: Some("FATAL: kernel too old".to_owned()),
        cause: Some("the linked C library was configured with --enable-kernel".to_owned()),
        help: vec![format!("link no C library: CGO_ENABLED=0 {}", rebuild(about))],
    }
}
