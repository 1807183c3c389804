//! The user's cache: where it is, and keeping it from growing for ever.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::cache::kept;
use crate::cache::leftovers;
use crate::cli::{Env, variable};
use crate::error::{Error, Result};

/// At most this much stays of zig's own cache, in bytes.
const ZIG: u64 = 4 * 1024 * 1024 * 1024;

/// How often [`Cache::trim`] looks at all.
const TRIM_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// The cache folder. Nothing is created before it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `GOBUILD_CACHE`, else `$XDG_CACHE_HOME/gobuild`, else `$HOME/.cache/gobuild`. A relative one is
    /// an error, except that the base directory specification has a relative `XDG_CACHE_HOME` ignored.
    pub fn from_env(env: &Env) -> Result<Self> {
        if let Some(own) = variable(env, "GOBUILD_CACHE").map(PathBuf::from) {
            if own.is_absolute() {
                return Ok(Self { root: own });
            }
            return Err(Error::new(format!("GOBUILD_CACHE is not an absolute path: {}", own.display()))
                .help("export GOBUILD_CACHE=\"$PWD/.cache/gobuild\""));
        }
        let base = variable(env, "XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = base.or_else(|| Some(PathBuf::from(variable(env, "HOME")?).join(".cache")));
        match base {
            Some(base) if base.is_absolute() => Ok(Self { root: base.join("gobuild") }),
            _ => {
                Err(Error::new("no folder for the cache: neither GOBUILD_CACHE nor XDG_CACHE_HOME nor HOME is an absolute path")
                    .help("export GOBUILD_CACHE=/tmp/gobuild-cache"))
            }
        }
    }

    /// A cache in a folder of the caller's choice (absolute).
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A folder of the cache, created with mode 0700 where it is missing: nobody else may put a file
    /// where one is proven and published. One that is there and that others can change is refused.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.root.join(name);
        make_private(&path).map_err(|error| {
            Error::io("create", &path, &error).help("export GOBUILD_CACHE=/tmp/gobuild-cache")
        })?;
        for folder in [&self.root, &path] {
            private(folder)?;
        }
        Ok(path)
    }

    /// Where stages live.
    pub fn stages(&self) -> Result<PathBuf> {
        self.folder("stage")
    }

    /// Deletes what `leftovers` says, and stages, the one whose use lies furthest back first, until those that remain have at most
    /// `max` bytes. A stage in use is left alone. Looks at most once a day; problems are left for the
    /// next day, since nothing that was asked for depends on it.
    pub fn trim(&self, max: u64) {
        let stamp = self.root.join("trimmed");
        let recently = fs::metadata(&stamp)
            .and_then(|metadata| metadata.modified())
            // A time that is still to come is that of a clock that was wrong.
            .is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age < TRIM_EVERY));
        if recently || !self.root.is_dir() {
            return;
        }
        if kept::marker(&stamp).and_then(|file| file.set_modified(SystemTime::now())).is_err() {
            return;
        }
        trim_stages(&self.root.join("stage"), max);
        leftovers::answers(&self.root);
        leftovers::zig(&self.root, ZIG);
    }

    /// Keeps zig's cache from being trimmed for as long as what it gives is held; none where that cannot be,
    /// which is no reason not to build.
    pub fn hold_zig(&self) -> Option<File> {
        leftovers::hold_zig(&self.root).ok()
    }
}

/// Creates a folder and its missing parents with mode 0700.
pub fn make_private(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Refuses a folder that somebody else can change: what lies in it may be theirs. A group is let in, since some
/// clusters give every volume to one (`fsGroup`), and so is root, who needs no leave.
pub fn private(folder: &Path) -> Result<()> {
    let found = fs::metadata(folder).map_err(|error| Error::io("read", folder, &error))?;
    let shown = folder.display();
    let own = rustix::process::geteuid().as_raw();
    if ![own, 0].contains(&found.uid()) {
        return Err(Error::new(format!("the cache folder {shown} is not trusted"))
            .detail(format!(
                "  it belongs to another user ({}), who can exchange what is proven",
                found.uid()
            ))
            .help("export GOBUILD_CACHE=/tmp/gobuild-cache"));
    }
    let (open, sticky) = (found.mode() & 0o002 != 0, found.mode() & 0o1000 != 0);
    if open && !sticky {
        return Err(Error::new(format!("the cache folder {shown} is not trusted"))
            .detail("  everybody may write to it, and exchange what is proven")
            .help(format!("chmod o-w {}", quoted(folder))));
    }
    Ok(())
}

/// As a word of a shell.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    shlex::try_quote(&text).map_or_else(|_| text.to_string(), std::borrow::Cow::into_owned)
}

struct Entry {
    key: String,
    used: (i64, i64),
    size: u64,
}

fn trim_stages(stages: &Path, max: u64) {
    let mut entries: Vec<Entry> = keys(stages).into_iter().map(|key| measure(stages, key)).collect();
    entries.sort_by(|a, b| (a.used, &a.key).cmp(&(b.used, &b.key)));
    let mut total: u64 = entries.iter().map(|entry| entry.size).sum();
    for entry in entries {
        if total <= max {
            return;
        }
        if remove_stage(stages, &entry.key).is_ok() {
            total -= entry.size;
        }
    }
}

fn keys(stages: &Path) -> Vec<String> {
    let Ok(listing) = fs::read_dir(stages) else { return Vec::new() };
    let folders = listing.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        Some(if metadata.is_dir() { size(&entry.path()) } else { metadata.len() })
    });
    sizes.sum()
}

fn measure(stages: &Path, key: String) -> Entry {
    let size = size(&stages.join(&key));
    // The state is written anew on every use; without one nothing in the stage is of use.
    let used = fs::metadata(stages.join(format!("{key}.json")))
        .map_or((0, 0), |metadata| (metadata.mtime(), metadata.mtime_nsec()));
    Entry { key, used, size }
}

/// Whoever opens a stage looks, once it has the lock, whether the file it locked is still the one with
/// that name; so the lock file may go as well.
fn remove_stage(stages: &Path, key: &str) -> io::Result<()> {
    let lock_path = stages.join(format!("{key}.lock"));
    let lock = kept::marker(&lock_path)?;
    lock.try_lock()?;
    fs::remove_dir_all(stages.join(key))?;
    // The state, and copies of runs that were killed.
    for entry in fs::read_dir(stages)?.flatten().filter(|entry| entry.path() != lock_path) {
        if entry.file_name().to_string_lossy().starts_with(&format!("{key}.")) {
            kept::remove(&entry.path())?;
        }
    }
    fs::remove_file(lock_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Env {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    #[test]
    fn the_most_direct_variable_names_the_folder() {
        let root = |pairs: &[(&str, &str)]| Cache::from_env(&env(pairs)).unwrap().root;
        let all = [("GOBUILD_CACHE", "/g"), ("XDG_CACHE_HOME", "/x"), ("HOME", "/h")];
        assert_eq!(root(&all), Path::new("/g"));
        assert_eq!(root(&all[1..]), Path::new("/x/gobuild"));
        assert_eq!(root(&all[2..]), Path::new("/h/.cache/gobuild"));
        assert_eq!(root(&[("XDG_CACHE_HOME", "x"), ("HOME", "/h")]), Path::new("/h/.cache/gobuild"));
    }

    #[test]
    fn without_a_place_it_says_how_to_name_one() {
        for pairs in [&[][..], &[("HOME", "")], &[("GOBUILD_CACHE", "rel")]] {
            let error = Cache::from_env(&env(pairs)).unwrap_err();
            assert!(error.help[0].starts_with("export GOBUILD_CACHE="), "{error:?}");
        }
    }

    #[test]
    fn folders_are_private() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path().join("a/b"));
        let stages = cache.stages().unwrap();
        for path in [stages.as_path(), cache.root(), &dir.path().join("a")] {
            assert_eq!(fs::metadata(path).unwrap().mode() & 0o777, 0o700, "{}", path.display());
        }
    }

    fn stage(cache: &Cache, key: &str, size: usize, used: u64) {
        let stages = cache.stages().unwrap();
        make_private(&stages.join(key)).unwrap();
        fs::write(stages.join(key).join("bin"), vec![b'x'; size]).unwrap();
        let state = stages.join(format!("{key}.json"));
        fs::write(&state, b"{}").unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(used);
        File::options().write(true).open(&state).unwrap().set_modified(at).unwrap();
    }

    #[test]
    fn the_oldest_use_goes_first_but_never_a_stage_in_use() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path());
        for (key, used) in [("oldest", 100), ("old", 200), ("new", 300)] {
            stage(&cache, key, 1000, used);
        }
        let stages = cache.stages().unwrap();
        let lock = File::create(stages.join("oldest.lock")).unwrap();
        lock.lock().unwrap();
        cache.trim(2000);
        assert!(stages.join("oldest").exists() && stages.join("new").exists());
        assert!(!stages.join("old").exists() && !stages.join("old.json").exists());
    }

    #[test]
    fn it_looks_once_a_day() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path());
        stage(&cache, "first", 10, 1);
        cache.trim(0);
        stage(&cache, "second", 10, 1);
        cache.trim(0);
        assert_eq!(keys(&cache.stages().unwrap()), ["second"]);
        let yesterday = SystemTime::now() - TRIM_EVERY;
        let tomorrow = SystemTime::now() + TRIM_EVERY;
        for time in [yesterday, tomorrow] {
            let stamp = File::options().write(true).open(dir.path().join("trimmed")).unwrap();
            stamp.set_modified(time).unwrap();
            cache.trim(0);
            assert!(keys(&cache.stages().unwrap()).is_empty());
            stage(&cache, "third", 10, 1);
            cache.trim(0);
            assert_eq!(keys(&cache.stages().unwrap()), ["third"]);
        }
    }
}
