//! GB306 in words.

use super::shared::{line, noted, rebuild};
use crate::diagnostics::evidence::gb306::PluginsNotLoadable;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &PluginsNotLoadable, about: &About) -> Message {
    let cause = "cgo was off (CGO_ENABLED=0 in the binary's build information)";
    Message {
        title: "the binary opens plugins but is static".to_owned(),
        evidence: vec![
            noted(format!("{} calls", about.file), found.function, "its table of functions"),
            line(format!("{} is", about.file), "static, with no loader to open plugins"),
        ],
        production: Some("plugin: not implemented".to_owned()),
        cause: found.without_cgo.then(|| cause.to_owned()),
        help: vec![format!(
            "for an image with a C library, build with cgo: CGO_ENABLED=1 {}",
            rebuild(about)
        )],
    }
}
