//! Which packages of a build have C code, and what is left of each without it: from what `go list` answers
//! with cgo on, and again with cgo off.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::libraries::{self, Library, Without};

/// A package as `go list -e -deps -json` prints it, in the fields that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listed {
    /// `github.com/mattn/go-sqlite3`
    pub import_path: String,
    /// Whether it is part of Go.
    pub standard: bool,
    /// Whether it is there only because another one imports it.
    pub dep_only: bool,
    /// Its folder, absolute.
    pub dir: PathBuf,
    /// Go files that are compiled and have no C.
    pub go_files: Vec<String>,
    /// Go files with `import "C"`.
    pub cgo_files: Vec<String>,
    /// C++ files.
    #[serde(rename = "CXXFiles")]
    pub cxx_files: Vec<String>,
    /// SWIG files, for C and for C++.
    pub swig_files: Vec<String>,
    /// SWIG files for C++.
    #[serde(rename = "SwigCXXFiles")]
    pub swig_cxx_files: Vec<String>,
    /// What it asks pkg-config for.
    pub cgo_pkg_config: Vec<String>,
    /// What it hands to the linker, pkg-config's aside.
    #[serde(rename = "CgoLDFLAGS")]
    pub cgo_ldflags: Vec<String>,
    /// Go files that tags, the platform or cgo leave out.
    pub ignored_go_files: Vec<String>,
    /// Go files that go cannot read.
    pub invalid_go_files: Vec<String>,
    /// What it imports, as written.
    pub imports: Vec<String>,
    /// What an import as written means, where that is another path.
    pub import_map: BTreeMap<String, String>,
    /// Its module.
    pub module: Option<Module>,
    /// What is wrong with it.
    pub error: Option<Problem>,
}

/// The module of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Module {
    /// `github.com/mattn/go-sqlite3`
    pub path: String,
    /// `v1.14.22`; empty for one that is worked on.
    pub version: String,
    /// Whether it is one that is worked on.
    pub main: bool,
    /// Its folder.
    pub dir: PathBuf,
    /// Its go.mod.
    pub go_mod: PathBuf,
}

/// What go says of a package that it cannot load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Problem {
    /// In go's words.
    pub err: String,
}

/// What go compiles of a package with C code when cgo is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Left {
    /// Nothing: go refuses (`build constraints exclude all Go files`).
    Nothing,
    /// The Go half: it may do the same more slowly, lack something, or fail when it is used.
    GoFiles,
}

/// What becomes of a package with C code when cgo is off, all that is known of it counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum WithoutCgo {
    /// It cannot be built, or nothing that uses it can.
    Nothing,
    /// It builds, and fails when it is used.
    Stub,
    /// A Go half remains.
    Go,
}

/// A package outside the standard library that has C code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its import path.
    pub path: String,
    /// Its module's version, where it has one.
    pub version: Option<String>,
    /// Whether a part of it is C++.
    pub cxx: bool,
    /// What is left of it without cgo.
    pub left: Left,
    /// The imports that lead to it: from a package that is built to the package itself.
    pub chain: Vec<String>,
    /// What it asks pkg-config for.
    pub pkg_config: Vec<String>,
    /// Libraries that it names itself: `z` for `-lz`.
    pub links: Vec<String>,
}

/// The C code of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Packages of the standard library that have C code where cgo is on: `net`, `os/user`, `runtime/cgo`.
    pub standard: Vec<String>,
    /// All others, in the order of their paths.
    pub packages: Vec<Package>,
}

impl Listed {
    fn has_c(&self) -> bool {
        !self.cgo_files.is_empty() || !self.swig_files.is_empty() || !self.swig_cxx_files.is_empty()
    }
}

/// Whether a second look, with cgo off, is needed for [`Code::of`].
pub fn has_c_outside_go(with_cgo: &[Listed]) -> bool {
    with_cgo.iter().any(|package| !package.standard && package.has_c())
}

impl Code {
    /// From the list with cgo on and the one with cgo off; the second may be empty where
    /// [`has_c_outside_go`] says no.
    pub fn of(with_cgo: &[Listed], without: &[Listed]) -> Self {
        let came_from = importers(with_cgo);
        let all_left_out: BTreeSet<&str> = without
            .iter()
            .filter(|package| package.go_files.is_empty())
            .map(|package| package.import_path.as_str())
            .collect();
        let c = || with_cgo.iter().filter(|package| package.has_c());
        let mut standard: Vec<String> =
            c().filter(|package| package.standard).map(|package| package.import_path.clone()).collect();
        let mut packages: Vec<Package> = c()
            .filter(|package| !package.standard)
            .map(|package| Package {
                path: package.import_path.clone(),
                version: package
                    .module
                    .as_ref()
                    .map(|module| module.version.clone())
                    .filter(|version| !version.is_empty()),
                cxx: !package.cxx_files.is_empty() || !package.swig_cxx_files.is_empty(),
                left: if all_left_out.contains(package.import_path.as_str()) {
                    Left::Nothing
                } else {
                    Left::GoFiles
                },
                chain: chain(&came_from, &package.import_path),
                pkg_config: package.cgo_pkg_config.clone(),
                links: package
                    .cgo_ldflags
                    .iter()
                    .filter_map(|flag| flag.strip_prefix("-l"))
                    .map(str::to_owned)
                    .collect(),
            })
            .collect();
        standard.sort();
        packages.sort_by(|a, b| a.path.cmp(&b.path));
        Self { standard, packages }
    }

    /// Whether anything has C code, be it in Go itself.
    pub fn is_any(&self) -> bool {
        !self.standard.is_empty() || !self.packages.is_empty()
    }

    /// Whether a C++ compiler is needed.
    pub fn has_cxx(&self) -> bool {
        self.packages.iter().any(|package| package.cxx)
    }
}

impl Package {
    /// What is known of it beside what go lists.
    pub fn known(&self) -> Option<&'static Library> {
        libraries::known(&self.path)
    }

    /// The message with which it fails in production when it is built without cgo.
    pub fn stub(&self) -> Option<&'static str> {
        match self.known()?.without {
            Without::Stub(message) => Some(message),
            Without::Less(_) | Without::Broken => None,
        }
    }

    /// What becomes of it without cgo.
    pub fn without_cgo(&self) -> WithoutCgo {
        match (self.left, self.known().map(|library| library.without)) {
            (Left::Nothing, _) | (_, Some(Without::Broken)) => WithoutCgo::Nothing,
            (Left::GoFiles, Some(Without::Stub(_))) => WithoutCgo::Stub,
            (Left::GoFiles, Some(Without::Less(_)) | None) => WithoutCgo::Go,
        }
    }

    /// `example.com/rpc imports example.com/db imports github.com/mattn/go-sqlite3`
    pub fn shown_chain(&self) -> String {
        self.chain.join(" imports ")
    }
}

/// `example.com/a and 2 more packages`, for two or more of them.
pub fn several(packages: &[Package]) -> String {
    let first = packages.first().map_or("", |package| &package.path);
    match packages.len().saturating_sub(1) {
        1 => format!("{first} and 1 more package"),
        more => format!("{first} and {more} more packages"),
    }
}

/// From each package to the one through which it is reached first, breadth first.
fn importers(packages: &[Listed]) -> BTreeMap<&str, Option<&str>> {
    let by_path: BTreeMap<&str, &Listed> =
        packages.iter().map(|package| (package.import_path.as_str(), package)).collect();
    let mut came_from = BTreeMap::new();
    let mut waiting = VecDeque::new();
    for root in packages.iter().filter(|package| !package.dep_only) {
        came_from.insert(root.import_path.as_str(), None);
        waiting.push_back(root);
    }
    while let Some(package) = waiting.pop_front() {
        for import in &package.imports {
            let path = package.import_map.get(import).unwrap_or(import).as_str();
            if let Some(imported) = by_path.get(path)
                && !came_from.contains_key(path)
            {
                came_from.insert(path, Some(package.import_path.as_str()));
                waiting.push_back(imported);
            }
        }
    }
    came_from
}

fn chain(came_from: &BTreeMap<&str, Option<&str>>, path: &str) -> Vec<String> {
    let mut chain = vec![path.to_owned()];
    let mut at = path;
    while let Some(Some(importer)) = came_from.get(at) {
        chain.push((*importer).to_owned());
        at = importer;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(path: &str, go: usize, c: usize, imports: &[&str]) -> Listed {
        Listed {
            import_path: path.to_owned(),
            standard: !path.contains('.'),
            dep_only: path != "ex.org/app",
            go_files: vec!["a.go".to_owned(); go],
            cgo_files: vec!["c.go".to_owned(); c],
            imports: imports.iter().map(|&import| import.to_owned()).collect(),
            ..Listed::default()
        }
    }

    #[test]
    fn a_program_whose_only_c_is_gos_own_has_no_package_with_c() {
        let all = [listed("net", 1, 1, &["C"]), listed("ex.org/app", 1, 0, &["net"])];
        assert!(!has_c_outside_go(&all));
        let code = Code::of(&all, &[]);
        assert_eq!((code.standard, code.packages), (vec!["net".to_owned()], vec![]));
    }

    #[test]
    fn several_packages_are_counted_behind_the_first() {
        let with = |count| {
            vec![
                Package {
                    path: "ex.org/a".to_owned(),
                    version: None,
                    cxx: false,
                    left: Left::Nothing,
                    chain: Vec::new(),
                    links: Vec::new(),
                    pkg_config: Vec::new(),
                };
                count
            ]
        };
        assert_eq!(several(&with(2)), "ex.org/a and 1 more package");
        assert_eq!(several(&with(3)), "ex.org/a and 2 more packages");
    }

    #[test]
    fn each_package_is_told_with_what_is_left_of_it_and_the_shortest_way_to_it() {
        let with = [
            listed("ex.org/zstd", 0, 2, &["C"]),
            listed("ex.org/sqlite", 3, 2, &["C"]),
            listed("ex.org/far", 1, 0, &["ex.org/sqlite"]),
            listed("ex.org/db", 1, 0, &["ex.org/sqlite", "ex.org/zstd"]),
            listed("ex.org/app", 1, 0, &["fmt", "ex.org/db", "ex.org/far"]),
        ];
        let without = [listed("ex.org/zstd", 0, 0, &[]), listed("ex.org/sqlite", 4, 0, &[])];
        let code = Code::of(&with, &without);
        let told: Vec<(String, Left)> =
            code.packages.iter().map(|package| (package.shown_chain(), package.left)).collect();
        assert_eq!(
            told,
            [
                ("ex.org/app imports ex.org/db imports ex.org/sqlite".to_owned(), Left::GoFiles),
                ("ex.org/app imports ex.org/db imports ex.org/zstd".to_owned(), Left::Nothing),
            ]
        );
    }

    #[test]
    fn a_package_that_nobody_imports_without_cgo_leaves_nothing_missing() {
        let with = [listed("ex.org/c", 0, 1, &["C"]), listed("ex.org/app", 1, 0, &["ex.org/c"])];
        let code = Code::of(&with, &[listed("ex.org/app", 1, 0, &[])]);
        assert_eq!(code.packages[0].left, Left::GoFiles);
    }

    #[test]
    fn swig_is_c_and_c_plus_plus_is_seen() {
        let swig = Listed { swig_cxx_files: vec!["a.swigcxx".to_owned()], ..listed("ex.org/s", 1, 0, &[]) };
        assert!(has_c_outside_go(std::slice::from_ref(&swig)));
        assert!(Code::of(&[swig], &[]).has_cxx());
    }
}
