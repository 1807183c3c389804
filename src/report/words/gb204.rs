//! GB204 in words.

use super::shared::{image, line, noted, rebuild};
use crate::diagnostics::evidence::gb204::Amd64Level;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &Amd64Level, about: &About) -> Message {
    let level = found.demanded;
    Message {
        title: format!("the image's C library starts on x86-64-v{level} processors only"),
        evidence: vec![
            line(format!("{} demands", image(about)), format!("x86-64-v{level}")),
            noted("the platform is", about.platform.as_str(), format!("x86-64-v{}", found.promised)),
        ],
        production: Some(format!("Fatal glibc error: CPU does not support x86-64-v{level}")),
        cause: None,
        help: vec![
            format!("if every machine is new enough, say so: --platform linux/amd64/v{level}"),
            format!("or link no C library: CGO_ENABLED=0 {}", rebuild(about)),
        ],
    }
}
