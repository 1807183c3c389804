//! GB608 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb608::BuildEmulated;

pub(super) fn message(found: &BuildEmulated) -> Message {
    Message {
        title: "go runs under emulation for every platform but the builder's own".to_owned(),
        evidence: vec![
            line("the stage is for", "the target platform"),
            line("go can build", "for it from any other"),
        ],
        production: Some("qemu: uncaught target signal 11 (Segmentation fault) - core dumped".to_owned()),
        cause: None,
        help: vec![format!(
            "FROM --platform=$BUILDPLATFORM {}, with GOOS=$TARGETOS GOARCH=$TARGETARCH",
            found.builder
        )],
    }
}
