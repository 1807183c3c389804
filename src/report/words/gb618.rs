//! GB618 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb618::{Absence, SourceMissing};

pub(super) fn message(found: &SourceMissing) -> Message {
    let path = &found.path;
    let (title, there, help) = match found.absence {
        Absence::NotInContext => (
            "the file is not in the build context",
            line("the context has", "nothing by that name"),
            "add it, or name the context: gobuild lint --context DIR".to_owned(),
        ),
        Absence::Ignored => (
            ".dockerignore excludes the file from the build",
            line(".dockerignore", "excludes it"),
            format!("re-include it at the end of .dockerignore: !{path}"),
        ),
    };
    Message {
        title: title.to_owned(),
        evidence: vec![line("the file copies", path), there],
        production: Some(format!("failed to compute cache key: \"/{path}\": not found")),
        cause: None,
        help: vec![help],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_nowhere_may_be_in_another_context() {
        let said = message(&SourceMissing { path: "x.yaml".to_owned(), absence: Absence::NotInContext });
        assert_eq!(said.title, "the file is not in the build context");
        assert_eq!(
            said.evidence,
            [line("the file copies", "x.yaml"), line("the context has", "nothing by that name")]
        );
        assert_eq!(said.production.as_deref(), Some("failed to compute cache key: \"/x.yaml\": not found"));
        assert_eq!(said.help, ["add it, or name the context: gobuild lint --context DIR"]);
    }
}
