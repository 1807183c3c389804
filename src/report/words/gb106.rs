//! GB106 in words.

use super::shared::{in_pod, line};
use crate::diagnostics::evidence::gb106::ModeNotExecutable;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &ModeNotExecutable, about: &About) -> Message {
    let name = &about.file;
    Message {
        title: "nobody may execute the file".to_owned(),
        evidence: vec![line(format!("{name} has mode"), format!("{:04o}", found.mode))],
        production: Some(format!("exec: \"{}\": permission denied: unknown", in_pod(name))),
        cause: Some("the mode was lost on the way: an artifact upload, a plain download, a umask".to_owned()),
        help: vec![format!("chmod 755 {name}")],
    }
}
