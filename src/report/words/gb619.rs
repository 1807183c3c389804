//! GB619 in words: those of the check that fired on the file.

use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb619::BinaryDoesNotFit;

pub(super) fn message(found: &BinaryDoesNotFit) -> Message {
    let BinaryDoesNotFit { path, check, about, found } = found;
    let inner = super::of(found, about);
    Message {
        title: format!("{path} does not fit the final image: {}", inner.title),
        cause: Some(format!("{path} is in the build context and is copied as it is ({check})")),
        help: vec![format!("build it in a stage, or rebuild it: gobuild -o {path}")],
        ..inner
    }
}
