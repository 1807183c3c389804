//! GB702 in words.

use super::shared::line;
use super::starting::{image, named_by, refused};
use crate::diagnostics::evidence::gb702::EntryPointNoFile;
use crate::diagnostics::{About, Message};
use crate::image::start::By;

pub(super) fn message(found: &EntryPointNoFile, about: &About) -> Message {
    let EntryPointNoFile { starting, path, folder } = found;
    let what = if *folder { "a folder" } else { "a special file" };
    let reason = match &starting.by {
        By::Reader { .. } if *folder => "Is a directory",
        By::Engine | By::Line { .. } | By::TooDeep { .. } => "permission denied",
        _ => "Permission denied",
    };
    let base = path.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("app");
    Message {
        title: format!("{} is {what}", starting.word),
        evidence: vec![
            named_by(starting, about),
            line(format!("{} has", image(about)), format!("{what} at {path}")),
        ],
        production: Some(refused(starting, reason)),
        cause: folder.then(|| {
            "`go build -o NAME` puts the program inside NAME if that is a folder, and so does COPY".to_owned()
        }),
        help: vec![format!("name the program in it: ENTRYPOINT [\"{}/{base}\"]", path.trim_end_matches('/'))],
    }
}
