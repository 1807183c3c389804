//! A Dockerfile and a made-up context, asked by one rule: what the tests of the rules begin with.

use std::collections::BTreeMap;

use super::{Context, Entry, Facts, IgnoreFile, Remark, Rule, Stamp};
use crate::diagnostics::evidence::gb103::{Machine, WrongArchitecture};
use crate::diagnostics::{About, Finding, Severity, catalog};
use crate::dockerfile::{model, parse};
use crate::image;

/// A program that serves HTTP: with cgo on it asks for the C library.
pub(super) const PROGRAM: &[(&str, &str)] = &[
    ("go.mod", "module example.com/app\n\ngo 1.24\n"),
    (
        "main.go",
        "package main\n\nimport \"net/http\"\n\nfunc main() { _ = http.ListenAndServe(\":80\", nil) }\n",
    ),
];

/// The usual two stages: a builder, its `RUN`, and the image that gets `/app`.
pub(super) fn two(builder: &str, run: &str, image: &str) -> String {
    format!(
        "FROM {builder} AS build\nWORKDIR /src\nCOPY . .\nRUN {run}\nFROM {image}\n\
         COPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n"
    )
}

/// The usual build, which needs no C library, and these lines in the stage that runs.
pub(super) fn last(image: &str, lines: &str) -> String {
    two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", image) + lines
}

/// The words that one rule speaks of, in a file whose context is [`PROGRAM`].
pub(super) fn said(rule: &Rule, text: &str) -> Vec<String> {
    said_with(rule, text, &[])
}

/// The same with more files in the context, or others in their place.
pub(super) fn said_with(rule: &Rule, text: &str, files: &[(&str, &str)]) -> Vec<String> {
    remarks(rule, text, files).into_iter().map(|remark| text[remark.span].to_owned()).collect()
}

/// Holds that a rule says nothing of a file whose context is [`PROGRAM`].
#[track_caller]
pub(super) fn quiet(rule: &Rule, text: &str) {
    quiet_with(rule, text, &[]);
}

/// The same with more files in the context, or others in their place.
#[track_caller]
pub(super) fn quiet_with(rule: &Rule, text: &str, files: &[(&str, &str)]) {
    assert_eq!(remarks(rule, text, files), [], "{text}");
}

/// What one rule says. Files whose name ends in `.sh` can be run, but for `plain.sh`; `app` is a binary of an
/// earlier commit, for another machine where that is its text.
fn remarks(rule: &Rule, text: &str, files: &[(&str, &str)]) -> Vec<Remark> {
    let file = parse::parse(text).unwrap();
    let resolved = model::resolve(&file);
    let last = resolved.find(None).unwrap();
    let copied = resolved.images_copied_from(last).into_iter().map(|(name, _)| name);
    let built_on =
        (0..resolved.stages.len()).filter_map(|stage| resolved.image(stage).ok().map(str::to_owned));
    let images = copied.chain(built_on).filter_map(|name| Some((name.clone(), image::resolve(&name).ok()?)));
    let images = images.collect();
    let made = Made::new(files);
    rule.remarks(&Facts::new(&resolved, last, &images, &made, "2026-11-23"))
}

struct Made {
    entries: Vec<Entry>,
    texts: BTreeMap<String, String>,
    ignore: IgnoreFile,
}

impl Made {
    fn new(files: &[(&str, &str)]) -> Self {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        let texts: BTreeMap<String, String> = PROGRAM.iter().chain(files).map(own).collect();
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for path in texts.keys() {
            let runs = path.rsplit_once('.').is_some_and(|(name, end)| end == "sh" && name != "plain");
            let mut add = |path: &str, folder: bool, runs: bool| {
                let entry = Entry { path: path.to_owned(), folder, executable: Some(runs) };
                entries.insert(path.to_owned(), entry);
            };
            path.match_indices('/').for_each(|(at, _)| add(&path[..at], true, true));
            add(path, false, runs);
        }
        let ignore = IgnoreFile::parse(texts.get(".dockerignore").map_or("", String::as_str));
        Self { entries: entries.into_values().collect(), texts, ignore }
    }
}

impl Context for Made {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn is_cut(&self) -> bool {
        false
    }

    fn is_there(&self, path: &str) -> bool {
        self.entry(path).is_some()
    }

    fn text(&self, path: &str) -> Option<String> {
        self.texts.get(path).cloned()
    }

    fn is_ignored(&self, path: &str) -> bool {
        self.ignore.is_ignored(path)
    }

    fn judged(&self, path: &str) -> Option<Vec<Finding>> {
        let misfit = Finding {
            diagnostic: &catalog::GB103,
            severity: Severity::Error,
            allowed: false,
            certain: true,
            span: None,
            about: About::default(),
            evidence: WrongArchitecture {
                found: Machine::Architecture { name: "arm64" },
                goarch: None,
                linux: true,
            }
            .into(),
        };
        let wrong = self.texts.get(path)? == "arm64";
        (path == "app").then(|| if wrong { vec![misfit] } else { Vec::new() })
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let module = "example.com/app".to_owned();
        (path == "app").then(|| Stamp { module, revision: "1111".to_owned(), modified: false })
    }

    fn head(&self) -> Option<String> {
        Some("2222".to_owned())
    }
}
