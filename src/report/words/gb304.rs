//! GB304 in words.

use super::shared::lacks;
use crate::diagnostics::evidence::gb304::TemporaryFolderMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &TemporaryFolderMissing, about: &About) -> Message {
    Message {
        title: "the image has no place for this binary's temporary files".to_owned(),
        evidence: lacks(about, found.function, found.known, "no /tmp that everybody may write to"),
        production: Some("open /tmp/rpc123: no such file or directory".to_owned()),
        cause: None,
        help: vec![
            "mount one: docker run --tmpfs /tmp, or an emptyDir at /tmp".to_owned(),
            // A folder's own mode is lost where it is what is copied, `--chmod` or not.
            "or create one in the build stage and copy it:\n\
             RUN mkdir -p /rootfs && mkdir -m 1777 /rootfs/tmp\n\
             COPY --from=build /rootfs/ /"
                .to_owned(),
        ],
    }
}
