//! GB606 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb606::ArchitectureFixed;

pub(super) fn message(found: &ArchitectureFixed) -> Message {
    let ArchitectureFixed { arch, platform } = found;
    Message {
        title: format!("the binary is for {arch}, whatever the image is for"),
        evidence: vec![line("the build says", format!("GOARCH={arch}")), line("the image is for", platform.as_deref().unwrap_or("whatever --platform says"))],
        production: Some("exec /app: exec format error".to_owned()),
        cause: None,
        help: vec!["use the target platform: ARG TARGETOS TARGETARCH in the stage, then GOOS=$TARGETOS GOARCH=$TARGETARCH".to_owned()],
    }
}
