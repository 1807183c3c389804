//! gobuild.toml: what it can say, and how it is read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::build::{Build, Target};
use super::dockerfile::Dockerfile;
use super::image::ImageEntry;
use super::keys;
use super::reference;
use super::source::{Problem, Source};
use super::values::filled;
use super::walk::{Section, Walk};
use crate::error::Result;
use crate::origin::{List, Sourced};
use crate::suggest::closest;

/// A whole gobuild.toml. What is not in the file is none; see [`mod@super::defaults`] for what then counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The file as it is shown in messages.
    pub path: PathBuf,
    /// The target that counts where none is typed: a target's name, or an image. It stands under
    /// `[build]`; in a file without `[target.NAME]` it may stand at the top, alone.
    pub target: Option<Sourced<String>>,
    /// `[build]`
    pub build: Build,
    /// `[target.NAME]`, by name.
    pub targets: BTreeMap<String, Target>,
    /// `[image."REFERENCE"]`, by the reference as written.
    pub images: BTreeMap<String, ImageEntry>,
    /// `[dockerfile]`
    pub dockerfile: Dockerfile,
    /// `[checks]`
    pub checks: Checks,
}

/// `[checks]`: ids or names of checks. Whether they exist is for the catalogue of checks to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Checks that do not reject.
    pub allow: Option<List<String>>,
    /// Checks that reject where they would only warn.
    pub deny: Option<List<String>>,
}

/// Reads the text of a gobuild.toml. All that is wrong is in one error: every unknown key and every
/// value that cannot be meant, each with its line. `shown_path` is how messages name the file.
pub fn parse(shown_path: &Path, text: &str) -> Result<Config> {
    let source = Source { path: shown_path, text };
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        let mut problems: Vec<Problem> = syntax.iter().map(|error| not_toml(error, text)).collect();
        // In a table that stands there twice, every key does; the table says it all.
        let mut doubled = syntax.iter().map(|error| error.message().starts_with("duplicate key"));
        if doubled.all(|doubled| doubled) {
            problems.truncate(1);
        }
        return source.error(problems).map_or_else(|| Ok(Config::default()), Err);
    }
    let walk = Walk { source, problems: RefCell::default() };
    let top = Section::open(&walk, document.get_ref(), 0..0, String::new(), keys::TOP);
    let config = read(&top, shown_path);
    match source.error(walk.problems.take()) {
        Some(error) => Err(error),
        None => Ok(config),
    }
}

fn read(top: &Section<'_, '_>, path: &Path) -> Config {
    let build = top.section("build", keys::BUILD);
    let mut config = Config {
        path: path.to_owned(),
        build: build.as_ref().map(Build::read).unwrap_or_default(),
        dockerfile: top
            .section("dockerfile", keys::DOCKERFILE)
            .as_ref()
            .map(Dockerfile::read)
            .unwrap_or_default(),
        checks: top.section("checks", keys::CHECKS).as_ref().map(Checks::read).unwrap_or_default(),
        ..Config::default()
    };
    for (reference, section) in top.sections("image", keys::IMAGE) {
        config.images.insert(reference.clone(), ImageEntry::read(&reference, &section));
    }
    // TOML has no room for a string and a table of one name, so the short form stands alone.
    let alone = top.is_string("target");
    if !alone {
        for (name, section) in top.sections("target", keys::TARGET) {
            config.targets.insert(name.clone(), Target::read(&name, &section));
        }
    }
    let place = if alone { Some(top) } else { build.as_ref() };
    config.target = place.and_then(|place| default_target(place, &config.targets));
    if alone && let Some(twice) = build.as_ref().and_then(|build| build.value_span("target")) {
        top.wrong(
            twice,
            ("the default target is set twice".to_owned(), Some("keep one of the two".to_owned())),
        );
    }
    config
}

/// A name that is close to a target's is a slip, not an image that nobody has heard of.
fn default_target(section: &Section<'_, '_>, targets: &BTreeMap<String, Target>) -> Option<Sourced<String>> {
    let target = section.value("target", filled)?;
    if targets.contains_key(&target.value) {
        return Some(target);
    }
    let span = section.value_span("target").unwrap_or_default();
    let near = closest(&target.value, targets.keys().map(String::as_str));
    if let Some(near) = near.filter(|_| !reference::is_qualified(&target.value)) {
        let message = format!("there is no target `{}`", target.value);
        section.wrong(span, (message, Some(format!("did you mean `{near}`?"))));
        return None;
    }
    if !reference::is_possible(&target.value) {
        let known: Vec<&str> = targets.keys().map(String::as_str).collect();
        let message = format!("`{}` is neither a target of this file nor an image", target.value);
        let help = if known.is_empty() {
            "an image reads like alpine:3.20".to_owned()
        } else {
            format!("targets of this file: {}", known.join(", "))
        };
        section.wrong(span, (message, Some(help)));
        return None;
    }
    Some(target)
}

impl Checks {
    fn read(section: &Section<'_, '_>) -> Self {
        Self {
            allow: section.list("allow", "a list of checks", filled),
            deny: section.list("deny", "a list of checks", filled),
        }
    }
}

/// The parser's message in our words where it speaks of tokens, and with help for the one mistake that
/// the shape of this file invites.
fn not_toml(error: &toml::de::Error, text: &str) -> Problem {
    let span = error.span().unwrap_or(text.len()..text.len());
    let found = text.get(span.clone()).unwrap_or_default();
    let parser = error.message();
    let (message, help) = if parser.starts_with("cannot extend") && found == "target" {
        let help = "beside [target.NAME] the default stands under [build]: target = \"NAME\"";
        ("`target` is a value and a table".to_owned(), Some(help.to_owned()))
    } else if parser.starts_with("duplicate key") {
        (format!("`{found}` is listed twice"), None)
    } else if parser.starts_with("string values must be quoted") {
        let message = if found.is_empty() { "the value is missing" } else { "a string needs quotes" };
        (message.to_owned(), (!found.is_empty()).then(|| format!("write \"{found}\"")))
    } else {
        (parser.to_owned(), None)
    };
    Problem { message, span, help }
}

#[cfg(test)]
mod tests;
