//! What the Go files of the context show, read as text: imports, a few calls, `//go:embed`; and of which build each is.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::constraint;

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

/// What was seen of some files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen or not seen, and none excludes another")]
pub(super) struct Code {
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
}

/// A Go file, tests left out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    path: String,
    /// Its package clause.
    package: String,
    /// The text in front of it, for its `//go:build` line.
    head: String,
    code: Code,
}

impl File {
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// What the context has of Go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Source {
    files: Vec<File>,
    /// Of everything together.
    pub(super) all: Code,
    /// Folders with a go.mod, and the path of its module.
    modules: BTreeMap<String, String>,
    /// The `go` line of go.mod, and of go.work where there is one.
    pub(super) go_lines: Vec<(String, String)>,
    /// The path of the module.
    pub(super) module: Option<String>,
    /// Whether other modules are required.
    requires: bool,
}

/// What is built: the folders of its packages in the context, and which tags are set, where that is known.
pub(super) struct Asked<'a> {
    /// Folders; with everything below them for `./...`.
    pub(super) folders: Vec<(String, bool)>,
    /// Whether a build tag is set; none where only the build knows.
    pub(super) tag: &'a dyn Fn(&str) -> Option<bool>,
}

impl Source {
    pub(super) fn read(context: &dyn Context) -> Self {
        let mut found = Self::default();
        for name in ["go.mod", "go.work"] {
            let Some(text) = context.text(name).filter(|_| !context.is_ignored(name)) else { continue };
            for line in text.lines().map(str::trim) {
                if let Some(version) = line.strip_prefix("go ") {
                    found.go_lines.push((name.to_owned(), version.trim().to_owned()));
                }
                found.requires |= line.starts_with("require") || name == "go.work";
            }
        }
        let is_module = |path: &str| path == "go.mod" || path.ends_with("/go.mod");
        for entry in
            context.entries().iter().filter(|entry| !entry.folder && is_module(&entry.path)).take(MOST_FILES)
        {
            let Some(text) = context.text(&entry.path).filter(|_| !context.is_ignored(&entry.path)) else {
                continue;
            };
            let path = text.lines().find_map(|line| line.trim().strip_prefix("module "));
            let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            found
                .modules
                .extend(path.map(|path| (folder.to_owned(), path.trim().trim_matches('"').to_owned())));
        }
        found.module = found.modules.get("").cloned();
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
                found.files.push(read_file(&entry.path, &text));
            }
        }
        for file in &found.files {
            found.all.add(&file.code);
        }
        found
    }

    /// The one program of the context: its folder. None where there are several, or none.
    pub(super) fn only_program(&self) -> Option<&str> {
        let ignored = |tag: &str| (tag == "ignore").then_some(false);
        let mains = self.files.iter().filter(|file| {
            file.package == "main" && constraint::is_in(&file.path, &file.head, &ignored) != Some(false)
        });
        let folders: BTreeSet<&str> = mains.map(File::folder).collect();
        let mut folders = folders.into_iter();
        folders.next().filter(|_| folders.next().is_none())
    }

    /// Whether there are Go files in a folder of the context.
    pub(super) fn has_package(&self, folder: &str) -> bool {
        self.files.iter().any(|file| file.folder() == folder)
    }

    /// The folder of the context that an import path means; none for what is elsewhere.
    pub(super) fn folder_of(&self, import: &str) -> Option<String> {
        // Of two modules the one with the longer path is meant.
        let inside = self.modules.iter().filter_map(|(folder, module)| {
            let rest = import.strip_prefix(module.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (module.len(), join(folder, rest)))
        });
        inside.max().map(|(_, folder)| folder).filter(|folder| self.has_package(folder))
    }

    /// What the packages show that are built, with those of the context that they import. Files of which nobody knows
    /// whether they are in the build are left out, or where they `may` count, are in it.
    pub(super) fn code(&self, asked: &Asked<'_>, may: bool) -> Code {
        let below = |folder: &str, root: &str| {
            root.is_empty() || folder.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        };
        let named = |folder: &str| {
            asked.folders.iter().any(|(root, all)| folder == root || (*all && below(folder, root)))
        };
        let roots = self.files.iter().map(File::folder).filter(|folder| named(folder));
        let mut reached: BTreeSet<String> = roots.map(str::to_owned).collect();
        let mut open: Vec<String> = reached.iter().cloned().collect();
        let mut found = Code::default();
        while let Some(folder) = open.pop() {
            for file in self.files.iter().filter(|file| file.folder() == folder) {
                if !constraint::is_in(&file.path, &file.head, asked.tag).unwrap_or(may) {
                    continue;
                }
                found.add(&file.code);
                for next in file.code.imports.iter().filter_map(|import| self.folder_of(import)) {
                    if reached.insert(next.clone()) {
                        open.push(next);
                    }
                }
            }
        }
        found
    }

    /// Whether C of the program's own, or of a module that it requires, may be in it: then go links externally.
    pub(super) fn may_have_own_c(&self) -> bool {
        self.requires || self.all.imports.contains("C")
    }

    /// Whether nothing that could have C code is imported: then every build is static.
    pub(super) fn is_without_c(&self) -> bool {
        !self.requires && !self.all.imports.is_empty() && !self.all.imports.iter().any(|path| has_c(path))
    }

    /// The same of a program: what it imports is the standard library's and the context's own.
    pub(super) fn is_program_without_c(&self, code: &Code) -> bool {
        let is_known = |path: &String| {
            !path.split('/').next().unwrap_or_default().contains('.') || self.folder_of(path).is_some()
        };
        !code.imports.is_empty() && code.imports.iter().all(|path| is_known(path) && !has_c(path))
    }
}

fn has_c(path: &str) -> bool {
    WITH_C.iter().any(|name| path == *name || (*name == "net" && path.starts_with("net/")))
}

/// A path below a folder of the context.
fn join(folder: &str, rest: &str) -> String {
    let rest = rest.trim_matches('/');
    match (folder.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{rest}"),
    }
}

impl Code {
    fn add(&mut self, other: &Self) {
        self.imports.extend(other.imports.iter().cloned());
        self.asks_by_tls |= other.asks_by_tls;
        self.names_zones |= other.names_zones;
        self.makes_temporary_files |= other.makes_temporary_files;
        self.looks_up_users |= other.looks_up_users;
        self.embeds.extend(other.embeds.iter().cloned());
    }

    /// What one or the other shows.
    pub(super) fn with(mut self, other: &Self) -> Self {
        self.add(other);
        self
    }
}

fn read_file(path: &str, text: &str) -> File {
    let mut code = Code::default();
    let mut package = String::new();
    let mut head = String::new();
    let mut in_imports = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(patterns) = line.strip_prefix("//go:embed ") {
            let patterns = patterns.split_whitespace().map(|word| word.trim_matches(['"', '`']));
            code.embeds.extend(patterns.map(|pattern| (path.to_owned(), pattern.to_owned())));
        }
        if package.is_empty() {
            if let Some(name) = line.strip_prefix("package ") {
                let end = name.find([' ', '/', ';', '\t']).unwrap_or(name.len());
                package.push_str(&name[..end]);
            }
            head = head + line + "\n";
        }
        if line.starts_with("//") {
            continue;
        }
        if line.starts_with("import (") {
            in_imports = true;
        } else if in_imports && line.starts_with(')') {
            in_imports = false;
        } else if in_imports || line.starts_with("import ") {
            code.imports.extend(line.split('"').nth(1).map(str::to_owned));
        }
        let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
        code.asks_by_tls |= has(&[
            "http.Get(",
            "http.Post(",
            "http.PostForm(",
            "http.DefaultClient",
            "http.Client{",
            "tls.Dial(",
        ]);
        code.names_zones |= has(&["time.LoadLocation("]);
        code.makes_temporary_files |= has(&[
            "os.CreateTemp(\"\"",
            "os.MkdirTemp(\"\"",
            "os.TempDir(",
            "ioutil.TempFile(\"\"",
            "ioutil.TempDir(\"\"",
            ".ParseMultipartForm(",
            ".FormFile(",
        ]);
        code.looks_up_users |= has(&["user.Current(", "user.Lookup("]);
    }
    File { path: path.to_owned(), package, head, code }
}
