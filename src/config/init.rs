//! The first gobuild.toml of a module.

use super::reference;
use crate::error::{Error, Result};

/// What was found where `gobuild init` was called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InitFacts {
    /// Module path of go.mod.
    pub module: String,
    /// Its `go` line: `1.24`.
    pub go_version: Option<String>,
    /// Folders of the main packages, as they are typed: `./cmd/rpc`.
    pub mains: Vec<String>,
    /// The image of a Dockerfile's final stage.
    pub dockerfile: Option<FinalImage>,
}

/// The image that a Dockerfile ends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalImage {
    /// The path by which the file is shown.
    pub path: String,
    /// The image.
    pub image: String,
    /// 1-based line of the `FROM` that names it.
    pub line: usize,
}

/// The text, with what was found left out.
const TEMPLATE: &str = include_str!("../../templates/gobuild.toml");

/// The text of a gobuild.toml with what was found, and comments for what can be said beside it. It is
/// read by [`super::parse`] without a complaint, whatever was found.
///
/// # Errors
/// Only where the embedded template is broken, which a test would have told.
pub fn starter(facts: &InitFacts) -> Result<String> {
    let stage = facts.dockerfile.as_ref().filter(|found| reference::is_possible(&found.image));
    let mut templates = minijinja::Environment::new();
    templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    templates.add_filter("line", |text: String| one_line(&text));
    templates.add_filter("string", |text: String| quoted(&text));
    let found = minijinja::context! {
        module => &facts.module,
        go_version => &facts.go_version,
        mains => &facts.mains,
        dockerfile => stage.map(|found| &found.path),
        image => stage.map(|found| &found.image),
        image_line => stage.map(|found| found.line),
    };
    templates
        .render_str(TEMPLATE, found)
        .map(|text| text + "\n")
        .map_err(|error| Error::new(format!("the template of gobuild.toml cannot be filled in: {error}")))
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(one_line(text)).to_string()
}

/// Text for a comment, which ends with its line.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    fn facts(mains: &[&str], image: Option<&str>) -> InitFacts {
        InitFacts {
            module: "example.com/shop".to_owned(),
            go_version: Some("1.24".to_owned()),
            mains: mains.iter().map(|main| (*main).to_owned()).collect(),
            dockerfile: image.map(|image| FinalImage {
                path: "Dockerfile".to_owned(),
                image: image.to_owned(),
                line: 12,
            }),
        }
    }

    fn parsed(text: &str) -> crate::config::Config {
        crate::config::parse(Path::new("gobuild.toml"), text)
            .unwrap_or_else(|error| panic!("{text}\n{error:?}"))
    }

    #[test]
    fn one_main_package_and_a_dockerfile_need_no_editing() {
        let text = starter(&facts(&["./cmd/rpc"], Some("debian:12-slim"))).unwrap();
        assert!(text.starts_with("# How gobuild builds example.com/shop, Go 1.24.\n"), "{text}");
        assert!(text.contains("# Dockerfile:12 says so\n"), "{text}");
        let config = parsed(&text);
        assert_eq!(config.target.unwrap().value, "prod");
        assert_eq!(config.build.package.unwrap().value, "./cmd/rpc");
        assert_eq!(config.targets["prod"].image.as_ref().unwrap().value, "debian:12-slim");
    }

    #[test]
    fn what_was_not_found_is_a_comment() {
        let text = starter(&facts(&["./cmd/a", "./cmd/b"], None)).unwrap();
        assert!(text.contains("# package = \"./cmd/a\"\n# package = \"./cmd/b\"\n"), "{text}");
        let config = parsed(&text);
        assert_eq!((config.target, config.build.package), (None, None));
        assert!(config.targets.is_empty());
    }

    /// Whoever takes all `# ` off the commented keys has a file that is read.
    #[test]
    fn the_commented_keys_are_right() {
        for facts in [facts(&[], None), facts(&["."], Some("scratch"))] {
            let text = starter(&facts).unwrap();
            let active: Vec<&str> = text
                .lines()
                .map(|line| {
                    line.strip_prefix("# ")
                        .filter(|rest| rest.starts_with('[') || rest.contains(" = "))
                        .unwrap_or(line)
                })
                .collect();
            let config = parsed(&active.join("\n"));
            assert_eq!(config.targets["prod"].platforms.as_ref().unwrap().value.len(), 2);
            assert!(config.build.release.unwrap().value);
        }
    }

    proptest! {
        #[test]
        fn whatever_was_found_the_text_is_read(
            module: String,
            version: String,
            mains in prop::collection::vec("\\./.*[./a-z]", 0..4),
            image in ".*|[a-zA-Z0-9./:@_-]{1,20}",
        ) {
            let mut facts = facts(&[], Some(&image));
            facts.module = module;
            facts.go_version = Some(version);
            facts.mains = mains;
            parsed(&starter(&facts).unwrap());
        }
    }
}
