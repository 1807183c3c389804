//! GB305 in words.

use super::shared::lacks;
use crate::diagnostics::evidence::gb305::MimeTypesMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &MimeTypesMissing, about: &About) -> Message {
    Message {
        title: "the image has no table of file types for this binary".to_owned(),
        evidence: lacks(about, found.function, found.known, "no /etc/mime.types and no globs2"),
        production: Some("an empty Content-Type for .woff2, .csv and the like".to_owned()),
        cause: None,
        help: vec![
            "register the types you serve: mime.AddExtensionType(\".woff2\", \"font/woff2\")".to_owned(),
            "or copy the table in the Dockerfile: COPY --from=build /etc/mime.types /etc/".to_owned(),
        ],
    }
}
