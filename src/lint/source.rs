//! What the Go files of the context show, read as text: imports, a few calls, `//go:embed`.

use std::collections::BTreeSet;

use super::Context;

/// More files than this are not read: advice is not worth it.
const MOST_FILES: usize = 4000;

/// Packages of the standard library that have C code, or need one that has it, where cgo is on.
const WITH_C: &[&str] = &[
    "C",
    "archive/tar",
    "crypto/tls",
    "crypto/x509",
    "expvar",
    "log/syslog",
    "mime/multipart",
    "net",
    "os/user",
    "plugin",
    "runtime/cgo",
];

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen or not seen, and none excludes another")]
pub(super) struct Source {
    /// Import paths.
    pub(super) imports: BTreeSet<String>,
    /// Whether something is fetched by TLS.
    pub(super) asks_by_tls: bool,
    /// Whether time zones are looked up by name.
    pub(super) names_zones: bool,
    /// Whether temporary files are made.
    pub(super) makes_temporary_files: bool,
    /// Whether users are looked up.
    pub(super) looks_up_users: bool,
    /// `//go:embed` patterns: the file, the pattern.
    pub(super) embeds: Vec<(String, String)>,
    /// The `go` line of go.mod, and of go.work where there is one.
    pub(super) go_lines: Vec<(String, String)>,
    /// The path of the module.
    pub(super) module: Option<String>,
    /// Whether other modules are required.
    pub(super) requires: bool,
}

impl Source {
    pub(super) fn read(context: &dyn Context) -> Self {
        let mut found = Self::default();
        for name in ["go.mod", "go.work"] {
            let Some(text) = context.text(name).filter(|_| !context.is_ignored(name)) else { continue };
            let lines = text.lines().map(str::trim);
            for line in lines {
                if let Some(version) = line.strip_prefix("go ") {
                    found.go_lines.push((name.to_owned(), version.trim().to_owned()));
                }
                if let Some(path) = line.strip_prefix("module ") {
                    found.module = Some(path.trim().trim_matches('"').to_owned());
                }
                found.requires |= line.starts_with("require") || name == "go.work";
            }
        }
        let is_source = |path: &str| path.strip_suffix(".go").is_some() && !path.ends_with("_test.go");
        let skipped = |path: &str| {
            path.split('/').any(|part| matches!(part, "vendor" | "testdata") || part.starts_with('_'))
        };
        let files = context.entries().iter().filter(|entry| !entry.folder && is_source(&entry.path));
        for entry in files.filter(|entry| !skipped(&entry.path)).take(MOST_FILES) {
            if context.is_ignored(&entry.path) {
                continue;
            }
            if let Some(text) = context.text(&entry.path) {
                found.file(&entry.path, &text);
            }
        }
        found
    }

    fn file(&mut self, path: &str, text: &str) {
        let mut in_imports = false;
        for line in text.lines() {
            let line = line.trim();
            if let Some(patterns) = line.strip_prefix("//go:embed ") {
                let patterns = patterns.split_whitespace().map(|word| word.trim_matches(['"', '`']));
                self.embeds.extend(patterns.map(|pattern| (path.to_owned(), pattern.to_owned())));
            }
            if line.starts_with("//") {
                continue;
            }
            if line.starts_with("import (") {
                in_imports = true;
            } else if in_imports && line.starts_with(')') {
                in_imports = false;
            } else if in_imports || line.starts_with("import ") {
                self.imports.extend(line.split('"').nth(1).map(str::to_owned));
            }
            let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
            self.asks_by_tls |= has(&[
                "http.Get(",
                "http.Post(",
                "http.PostForm(",
                "http.DefaultClient",
                "http.Client{",
                "tls.Dial(",
            ]);
            self.names_zones |= has(&["time.LoadLocation("]);
            self.makes_temporary_files |= has(&[
                "os.CreateTemp(\"\"",
                "os.MkdirTemp(\"\"",
                "os.TempDir(",
                "ioutil.TempFile(\"\"",
                "ioutil.TempDir(\"\"",
                ".ParseMultipartForm(",
                ".FormFile(",
            ]);
            self.looks_up_users |= has(&["user.Current(", "user.Lookup("]);
        }
    }

    /// Whether C of the program's own, or of a module that it requires, may be in it: then go links externally.
    pub(super) fn may_have_own_c(&self) -> bool {
        self.requires || self.imports.contains("C")
    }

    /// Whether nothing that could have C code is imported: then every build is static.
    pub(super) fn is_without_c(&self) -> bool {
        let with_c = |path: &String| {
            WITH_C.iter().any(|name| path == name || (*name == "net" && path.starts_with("net/")))
        };
        !self.requires && !self.imports.is_empty() && !self.imports.iter().any(with_c)
    }
}
