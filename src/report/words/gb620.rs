//! GB620 in words.

use super::shared::line;
use crate::diagnostics::Message;
use crate::diagnostics::evidence::gb620::EmbeddedFilesIgnored;

pub(super) fn message(found: &EmbeddedFilesIgnored) -> Message {
    let EmbeddedFilesIgnored { file, pattern, path } = found;
    Message {
        title: "files that the program embeds are not in the build".to_owned(),
        evidence: vec![
            line(format!("{file} has"), format!("//go:embed {pattern}")),
            line(".dockerignore", format!("excludes {path}")),
        ],
        production: Some(format!("{file}: pattern {pattern}: no matching files found")),
        cause: None,
        help: vec![format!("re-include them at the end of .dockerignore: !{path}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_names_the_pattern_and_dockerignore_the_path() {
        let said = message(&EmbeddedFilesIgnored {
            file: "web/web.go".to_owned(),
            pattern: "all:static".to_owned(),
            path: "web/static".to_owned(),
        });
        assert_eq!(
            said.evidence,
            [line("web/web.go has", "//go:embed all:static"), line(".dockerignore", "excludes web/static")]
        );
        assert_eq!(
            said.production.as_deref(),
            Some("web/web.go: pattern all:static: no matching files found")
        );
        assert_eq!(said.help, ["re-include them at the end of .dockerignore: !web/static"]);
    }
}
