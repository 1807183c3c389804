//! GB604 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb604::PlatformArgumentDefault;

pub(super) fn message(found: &PlatformArgumentDefault) -> Message {
    let PlatformArgumentDefault { name, default } = found;
    Message {
        title: format!("the default of {name} hides the target platform"),
        evidence: vec![
            line("the file says", format!("{name}={default}")),
            line("docker buildx sets", format!("{name} for each platform in --platform")),
        ],
        production: Some("exec /app: exec format error".to_owned()),
        cause: None,
        help: vec![format!("leave the default out: ARG {name}")],
    }
}
