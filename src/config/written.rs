//! What is written about gobuild.toml is true: the example, and the pages.

use std::fs;
use std::path::{Path, PathBuf};

use super::keys::{self, KINDS, Kind};
use super::template::GIT;
use super::{Config, defaults, parse};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn read(path: &str, text: &str) -> Config {
    parse(Path::new(path), text)
        .unwrap_or_else(|error| panic!("{text}\n{}\n{:#?}", error.message, error.detail))
}

/// All values of a configuration, without the places they came from.
fn values(config: &Config) -> String {
    let shown = format!("{:#?}", Config { path: PathBuf::new(), ..config.clone() });
    let mut inside = false;
    let lines = shown.lines().filter(|line| {
        let line = line.trim();
        let open = line == "origin: File {";
        let keep = !inside && !open && line != "origin: Default,";
        inside = (inside || open) && line != "},";
        keep
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_shows_the_defaults_of_the_code() {
    let example = read("gobuild.toml.example", &text("gobuild.toml.example"));
    assert_eq!(values(&example), values(&defaults()));
}

/// The example with every key switched on. The second of two `copy` is the one to look at.
fn switched_on() -> String {
    let lines = text("gobuild.toml.example");
    let is_key = |rest: &str| {
        let name = rest.split(" = ").next().filter(|name| *name != rest).unwrap_or_default();
        rest.starts_with('[')
            || (!name.is_empty()
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)))
    };
    let lines = lines
        .lines()
        .filter(|line| !matches!(*line, "copy = []" | "labels = {}" | "# archive = \"build/image.tar\""))
        .map(|line| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_holds_every_key() {
    let text = switched_on();
    read("gobuild.toml.example", &text);
    let top: toml::Table = toml::from_str(&text).unwrap();
    let first =
        |name: &str| top[name].as_table().unwrap().values().next().unwrap().as_table().unwrap().clone();
    let copy = top["dockerfile"]["copy"][0].as_table().unwrap().clone();
    for (kind, table) in [
        (keys::TOP, top.clone()),
        (keys::BUILD, top["build"].as_table().unwrap().clone()),
        (keys::TARGET, first("target")),
        (keys::IMAGE, first("image")),
        (keys::DOCKERFILE, top["dockerfile"].as_table().unwrap().clone()),
        (keys::COPY, copy),
        (keys::CHECKS, top["checks"].as_table().unwrap().clone()),
    ] {
        // Of these two a target can have one; the example shows both.
        let either = |key: &str| key == "archive" && table.contains_key("rootfs");
        let missing: Vec<_> =
            kind.keys.iter().filter(|key| !table.contains_key(**key) && !either(key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", kind.header);
    }
}

#[test]
fn a_target_can_say_all_that_build_says() {
    let of_target: Vec<_> = keys::BUILD.keys.iter().filter(|key| **key != "target").collect();
    assert!(of_target.iter().all(|key| keys::TARGET.keys.contains(key)), "{of_target:?}");
}

#[test]
fn the_page_names_every_key_and_every_fact_of_a_template() {
    let page = text("docs/configuration.md");
    let keys = KINDS.iter().filter(|kind| **kind != keys::TOP).flat_map(|kind: &Kind| kind.keys);
    let names = keys.map(|key| (*key).to_owned()).chain(GIT.iter().map(|(name, _)| format!("git.{name}")));
    let missing: Vec<String> = names.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Every Markdown file at the root and below docs.
fn pages(folder: &Path, deep: bool, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if deep && path.is_dir() {
            pages(&path, deep, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_toml_block_of_the_pages_is_read() {
    let mut found = Vec::new();
    pages(&root(), false, &mut found);
    pages(&root().join("docs"), true, &mut found);
    found.sort();
    let mut blocks = 0;
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        for part in text.split("```toml\n").skip(1) {
            let block = part.split("```").next().unwrap();
            read(&path.display().to_string(), block);
            blocks += 1;
        }
    }
    assert!(blocks >= 5, "the page about this file has more than {blocks}");
}
