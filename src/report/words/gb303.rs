//! GB303 in words.

use super::shared::lacks;
use crate::diagnostics::evidence::gb303::UsersMissing;
use crate::diagnostics::{About, Message};

pub(super) fn message(found: &UsersMissing, about: &About) -> Message {
    let production = if found.current {
        "user: Current requires cgo or $USER set in environment"
    } else {
        "user: unknown user app"
    };
    let copy = "copy them in the Dockerfile: COPY --from=build /etc/passwd /etc/group /etc/".to_owned();
    let environment = "set it in the Dockerfile: ENV USER=app HOME=/".to_owned();
    Message {
        title: "the image has no users for this binary to look up".to_owned(),
        evidence: lacks(about, found.function, found.known, "no /etc/passwd"),
        production: Some(production.to_owned()),
        cause: None,
        help: if found.current { vec![environment, format!("or {copy}")] } else { vec![copy] },
    }
}
