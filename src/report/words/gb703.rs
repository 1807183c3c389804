//! GB703 in words.

use super::shared::{line, noted};
use super::starting::{image, named_by, not_found, refused, who};
use crate::diagnostics::evidence::gb703::EntryPointDenied;
use crate::diagnostics::{About, Message};
use crate::image::start::{Barrier, By};

pub(super) fn message(found: &EntryPointDenied, about: &About) -> Message {
    let EntryPointDenied { starting, barrier, who: user } = found;
    let Barrier { target, path, folder, mode, uid, gid, searched } = barrier;
    let reads = matches!(starting.by, By::Reader { .. });
    let owner = format!("owner {uid}, group {gid}");
    let mut evidence =
        vec![named_by(starting, about), noted(format!("{path} has mode"), format!("{mode:04o}"), owner)];
    evidence.extend(user.as_ref().map(|user| line(format!("{} runs as", image(about)), who(user))));
    let nobody = mode & 0o111 == 0;
    let title = match (folder, nobody, reads) {
        (true, ..) => format!("the user that the image runs as may not enter the folder {path}"),
        (false, _, true) => format!("the user that the image runs as may not read {target}"),
        (false, true, false) => format!("nobody may execute {target}"),
        (false, false, false) => format!("the user that the image runs as may not execute {target}"),
    };
    let production = match starting.by {
        By::Engine if *searched => not_found(starting, true),
        By::Engine | By::Line { .. } | By::TooDeep { .. } => refused(starting, "permission denied"),
        _ => refused(starting, "Permission denied"),
    };
    let lost =
        "the mode was lost on the way: an artifact upload, a plain download, ADD, a checkout on Windows";
    let help = match (folder, reads) {
        (true, _) => vec![
            format!("open the folder: RUN chmod a+x {path}"),
            "or copy the program to a folder that everybody may enter, such as /usr/local/bin".to_owned(),
        ],
        (false, true) => vec![format!("COPY --chmod=644 {} {target}", base(target))],
        (false, false) => vec![format!("COPY --chmod=755 {} {target}", base(target))],
    };
    Message {
        title,
        evidence,
        production: Some(production),
        cause: (!folder && nobody && !reads).then(|| lost.to_owned()),
        help,
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
