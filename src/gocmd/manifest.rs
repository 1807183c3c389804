//! What an answer about packages was made from, and whether all of it is still the same. Looked at without
//! being read, but for Go files that have changed: what follows their imports makes no other answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::gocmd::header::header;
use crate::gocmd::question::Question;
use crate::host::hex::hex;
use crate::host::identity::Identity;
use crate::plan::code::Listed;

/// A file system notes times only so finely: what was written this shortly before may still change unseen.
const GRAIN: Duration = Duration::from_millis(10);

/// Endings of names that make a difference to go.
const SOURCES: &[&str] = &[
    "go", "mod", "c", "cc", "cpp", "cxx", "m", "h", "hh", "hpp", "hxx", "f", "F", "for", "f90", "s", "S",
    "sx", "swig", "swigcxx", "syso",
];

/// Files and folders as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Manifest(BTreeMap<PathBuf, Seen>);

/// What stood at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Seen {
    Nothing,
    File(Identity),
    /// With the hash of what go reads of it to know what belongs to a build.
    Source(Identity, String),
    /// With the names in it that matter: the program that is built is often put beside its source.
    Folder(Identity, BTreeSet<String>),
}

impl Manifest {
    /// Everything outside Go and the module cache that the packages were read from: their folders (a new file
    /// changes them), every Go file, those that tags or cgo leave out too, and the files that say which
    /// modules there are. None where something changed while go was asked.
    pub(super) fn of<'a>(
        question: Question<'_>,
        packages: impl Iterator<Item = &'a Listed>,
        started: SystemTime,
    ) -> Option<Self> {
        let value = |name: &str| question.go_env.get(name).map(PathBuf::from);
        let module_cache = value("GOMODCACHE")?;
        let mut paths = BTreeSet::new();
        let mut roots = BTreeSet::new();
        for package in packages.filter(|package| !package.standard) {
            if let Some(module) = &package.module {
                if module.main {
                    roots.insert(module.dir.clone());
                }
                if !module.go_mod.starts_with(&module_cache) {
                    paths.insert(module.go_mod.clone());
                }
            }
            if package.dir.starts_with(&module_cache) {
                continue;
            }
            let files =
                [&package.go_files, &package.cgo_files, &package.ignored_go_files, &package.invalid_go_files];
            paths.extend(files.into_iter().flatten().map(|file| package.dir.join(file)));
            paths.insert(package.dir.clone());
        }
        for name in ["GOMOD", "GOWORK"] {
            let Some(file) = value(name).filter(|file| file.is_absolute()) else { continue };
            let folder = file.parent()?.to_owned();
            paths.extend([file.with_extension("sum"), folder.join("go.work.sum")]);
            paths.insert(folder.join("vendor/modules.txt"));
            paths.insert(file);
        }
        // Each module of a workspace counts for the versions of all, whether a package of it is built or not.
        if let Some(file) = value("GOWORK").filter(|file| file.is_absolute()) {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let folder = file.parent()?;
            paths.extend(used(&text).map(|module| folder.join(module).join("go.mod")));
        }
        // -modfile takes the place of go.mod, and what ends in .sum that of go.sum.
        let goflags = question.go_env.get("GOFLAGS").unwrap_or_default();
        let typed = question.flags.iter().filter_map(|flag| flag.to_str().map(str::to_owned));
        for flag in crate::cli::quoted_split(goflags).unwrap_or_default().into_iter().chain(typed) {
            if let Some(file) = flag.trim_start_matches('-').strip_prefix("modfile=") {
                let file = question.dir.join(file);
                paths.extend([file.with_extension("sum"), file]);
            }
        }
        // A go.work that comes counts, wherever upwards it comes.
        paths.extend(question.dir.ancestors().flat_map(|dir| [dir.join("go.mod"), dir.join("go.work")]));
        let is_pattern = |word: &std::ffi::OsString| {
            let word = word.to_string_lossy();
            word.contains("...") || matches!(&*word, "all" | "work")
        };
        if question.packages.iter().any(is_pattern) {
            for root in &roots {
                folders(root, &mut paths);
            }
        }
        let seen: BTreeMap<PathBuf, Seen> =
            paths.into_iter().map(|path| (path.clone(), Seen::at(&path))).collect();
        let settled = seen.values().filter_map(Seen::identity).all(|identity| is_settled(identity, started));
        settled.then_some(Self(seen))
    }

    /// Whether nothing has changed that matters. What changed and does not matter is noted, so that it is not
    /// read again the next time.
    pub(super) fn check(&mut self) -> Current {
        let now = SystemTime::now();
        let mut current = Current::Same;
        for (path, was) in &mut self.0 {
            let is = fs::metadata(path).ok();
            let identity = is.as_ref().map(Identity::from);
            if identity.as_ref() == was.identity() {
                continue;
            }
            let (Some(is), Some(identity)) = (is, identity) else { return Current::No };
            let (same, noted) = match was {
                Seen::Folder(noted, kept) => (is.is_dir() && names(path) == *kept, noted),
                Seen::Source(noted, kept) => (is.is_file() && source(path).as_ref() == Some(kept), noted),
                Seen::Nothing | Seen::File(_) => return Current::No,
            };
            if !same {
                return Current::No;
            }
            if is_settled(&identity, now) {
                *noted = identity;
                current = Current::Renewed;
            }
        }
        current
    }
}

/// What [`Manifest::check`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Current {
    /// Everything is as it was.
    Same,
    /// Something changed that does not matter, and the manifest knows now.
    Renewed,
    /// Another answer is possible.
    No,
}

impl Seen {
    fn at(path: &Path) -> Self {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Self::Folder(Identity::from(&metadata), names(path)),
            Ok(metadata) => {
                let identity = Identity::from(&metadata);
                match source(path) {
                    Some(hash) => Self::Source(identity, hash),
                    None => Self::File(identity),
                }
            }
            Err(_) => Self::Nothing,
        }
    }

    const fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Nothing => None,
            Self::File(identity) | Self::Source(identity, _) | Self::Folder(identity, _) => Some(identity),
        }
    }
}

/// Hash of what go reads of a Go file to know what belongs to a build; none for other files.
fn source(path: &Path) -> Option<String> {
    path.extension().filter(|ending| *ending == "go")?;
    Some(hex(&Sha256::digest(header(&fs::read(path).ok()?)?)))
}

/// Whether what is written to the file from now on shows.
fn is_settled(identity: &Identity, now: SystemTime) -> bool {
    time(identity.changed) < now - GRAIN
}

/// The folders that a go.work names (`cmd/vendor/golang.org/x/mod/modfile`, `ParseWork`). Words of other
/// directives may be among them: a file that is not there is looked for in vain, and that is all.
fn used(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(|line| line.split_once("//").map_or(line, |(line, _)| line).trim());
    let folders = lines.map(|line| line.strip_prefix("use ").unwrap_or(line).trim());
    let bare = folders.map(|word| word.trim_matches(['"', '`', '(', ')', ' ']));
    bare.filter(|word| !word.is_empty() && !word.contains("=>"))
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Folders and source files in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let matters = entries.filter(|entry| {
        let name = entry.file_name();
        let ending = Path::new(&name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        SOURCES.contains(&ending) || !entry.file_type().is_ok_and(|kind| kind.is_file())
    });
    matters.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn time((seconds, nanoseconds): (i64, i64)) -> SystemTime {
    let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    SystemTime::UNIX_EPOCH + seconds + Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default())
}

/// Every folder in which go looks for packages that a pattern matches.
fn folders(root: &Path, found: &mut BTreeSet<PathBuf>) {
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let skipped = name.starts_with(['.', '_']) || matches!(&*name, "testdata" | "vendor");
            if !skipped && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(entry.path());
            }
        }
        found.insert(folder);
    }
}
