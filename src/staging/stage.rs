//! A folder in the cache that go writes to, kept from build to build: go links only if it does not find
//! its last result where it writes.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileTimes, Metadata, TryLockError};
use std::io;
use std::mem;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::key::Key;
use super::memory::{Record, State, Verdict};
use super::output::Output;
use super::publish::{Mode, PrivateCopy};
use crate::cache::kept;
use crate::cache::{Cache, make_private};
use crate::error::{Error, Result};
use crate::host::identity::Identity;

/// The time that staged files get before go runs: 2000-01-01. go touches even what is up to date, so
/// what has another time afterwards is what this run produced.
const BEFORE: Duration = Duration::from_secs(946_684_800);

/// How often a busy lock is tried.
const RETRY: Duration = Duration::from_millis(25);

/// A stage, locked until it is dropped.
#[derive(Debug)]
pub struct Stage {
    stages: PathBuf,
    key: Key,
    state: State,
    held: BTreeMap<OsString, File>,
    /// go may have run since [`Stage::prepare`], and nobody has looked yet.
    unsettled: bool,
    _lock: File,
}

/// A file that go made or confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Produced {
    /// Its name in the stage.
    pub name: OsString,
    /// Its path in the stage.
    pub path: PathBuf,
    /// go linked it anew; otherwise it only found that it is up to date.
    pub fresh: bool,
}

impl Stage {
    /// Takes the stage. Where another gobuild has it, `on_wait` is called once with the lock's path, for
    /// `Blocking waiting for file lock on …`; the wait ends with an error when `interrupted` says so.
    pub fn open(
        cache: &Cache,
        key: &Key,
        on_wait: impl FnOnce(&Path),
        interrupted: impl Fn() -> bool,
    ) -> Result<Self> {
        let stages = cache.stages()?;
        let path = stages.join(format!("{}.lock", key.as_str()));
        let lock = lock(&path, on_wait, interrupted)?;
        let state = State::load(&stages.join(format!("{}.json", key.as_str())));
        let mut this =
            Self { stages, key: key.clone(), state, held: BTreeMap::new(), unsettled: false, _lock: lock };
        this.sweep();
        this.take_folder()?;
        Ok(this)
    }

    /// The folder for go.
    pub fn folder(&self) -> PathBuf {
        self.all().join(self.state.folder.to_string())
    }

    /// What holds the folder for go.
    fn all(&self) -> PathBuf {
        self.stages.join(self.key.as_str())
    }

    /// The go of a gobuild that was killed may still run, and would write its result over that of the next
    /// one. So after a run whose end nobody noted go gets another folder, and that one's is gone.
    fn take_folder(&mut self) -> Result<()> {
        let entries: Vec<PathBuf> =
            fs::read_dir(self.all()).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        if !self.state.is_settled() {
            let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u64>().ok();
            self.state.folder = entries.iter().filter_map(number).max().map_or(0, |last| last + 1);
            self.state.files.clear();
            self.state.running = false;
            self.save()?;
        }
        let folder = self.folder();
        let real = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
        for old in entries.iter().filter(|entry| **entry != folder || !real(entry)) {
            // Nobody reads it any more, if it stays; in the way of the folder itself it is told below.
            let _ = kept::remove(old);
        }
        make_private(&folder).map_err(|error| Error::io("create", &folder, &error))
    }

    /// Readies the stage for one run of go: a file that is not the recorded one is deleted, so that go
    /// makes it anew; the others get a fixed old time and are held open, so that their inodes are not
    /// given to new files while go runs.
    pub fn prepare(&mut self) -> Result<()> {
        self.held.clear();
        self.unsettled = true;
        self.state.running = true;
        self.save()?;
        for (name, path) in self.entries()? {
            let failed = |error| Error::io("write", &path, &error);
            match self.ready(&name, &path).map_err(failed)? {
                Some(file) => drop(self.held.insert(name, file)),
                None => kept::remove(&path).map_err(failed)?,
            }
        }
        Ok(())
    }

    fn ready(&self, name: &OsStr, path: &Path) -> io::Result<Option<File>> {
        let Some(record) = name.to_str().and_then(|name| self.state.files.get(name)) else { return Ok(None) };
        if Identity::from(&fs::symlink_metadata(path)?) != record.staged {
            return Ok(None);
        }
        let file = File::open(path)?;
        let before = SystemTime::UNIX_EPOCH + BEFORE;
        file.set_times(FileTimes::new().set_accessed(before).set_modified(before))?;
        Ok(Some(file))
    }

    /// What the run produced, by name. To be called after every run, whether go succeeded or not: it
    /// renews the records, since holding and touching changed what the file system says. After a run
    /// that failed it is empty and what was linked is deleted: go may have been stopped in the middle of
    /// writing, and would take the start of a file for the whole.
    pub fn produced(&mut self, succeeded: bool) -> Result<Vec<Produced>> {
        self.unsettled = false;
        let mut produced = Vec::new();
        let mut records = BTreeMap::new();
        for (name, path) in self.entries()? {
            let failed = |error| Error::io("read", &path, &error);
            let found = fs::symlink_metadata(&path).map_err(failed)?;
            if !found.is_file() {
                continue;
            }
            let fresh = !self.is_held(&name, &found).map_err(failed)?;
            if fresh && !succeeded {
                fs::remove_file(&path).map_err(failed)?;
                continue;
            }
            if let Some(name) = name.to_str() {
                let verdict = self.state.files.remove(name).and_then(|record| record.verdict);
                let record = Record { staged: Identity::from(&found), verdict: verdict.filter(|_| !fresh) };
                records.insert(name.to_owned(), record);
            }
            let touched = found.mtime() != BEFORE.as_secs().cast_signed();
            if succeeded && (fresh || touched) {
                produced.push(Produced { name, path, fresh });
            }
        }
        self.state.files = records;
        self.state.running = false;
        self.let_go(produced.iter().any(|made| made.fresh));
        self.save()?;
        Ok(produced)
    }

    /// Closes what was held. Of a file that go has replaced nothing else is left: its blocks are freed when it
    /// is closed, milliseconds for each 10 MB, which nobody has to wait for.
    fn let_go(&mut self, replaced: bool) {
        let held = mem::take(&mut self.held);
        if replaced {
            thread::spawn(move || drop(held));
        }
    }

    /// Whether the file is the one that was there before go ran.
    fn is_held(&self, name: &OsStr, found: &Metadata) -> io::Result<bool> {
        let Some(held) = self.held.get(name) else { return Ok(false) };
        let (held, found) = (Identity::from(&held.metadata()?), Identity::from(found));
        let recorded = name.to_str().and_then(|name| self.state.files.get(name));
        Ok(held.same_inode(&found) && recorded.is_some_and(|record| record.staged.size == found.size))
    }

    /// If go linked nothing, the verdict with this key is remembered, and the user still has what was
    /// published: touches the user's file as go does (make would run its rule for ever), and gives the
    /// warnings of that time. There is nothing else to do then. None: prove it again.
    pub fn still_published(
        &mut self,
        made: &Produced,
        verdict_key: &str,
        output: &Output,
    ) -> Result<Option<Value>> {
        let record = made.name.to_str().and_then(|name| self.state.files.get_mut(name));
        let verdict = record.filter(|_| !made.fresh).and_then(|record| record.verdict.as_mut());
        let Some(verdict) =
            verdict.filter(|verdict| verdict.key == verdict_key && verdict.output == output.path)
        else {
            return Ok(None);
        };
        let Some(renewed) = touch(&output.path, &verdict.published) else { return Ok(None) };
        verdict.published = renewed;
        let warnings = verdict.warnings.clone();
        self.save()?;
        Ok(Some(warnings))
    }

    /// A copy that nobody else can change, to be proven through its descriptor and then published.
    pub fn private_copy(&self, file: &Produced, output: &Output, mode: Mode) -> Result<PrivateCopy> {
        PrivateCopy::make(&file.path, output, mode, &self.stages, &self.copy_prefix())
    }

    /// Remembers that this file was accepted and published, with what was warned of. `published` is the
    /// answer of [`PrivateCopy::publish`]; where it has none there is nothing to remember.
    pub fn remember(
        &mut self,
        made: &Produced,
        verdict_key: &str,
        warnings: Value,
        output: &Output,
        published: Option<Identity>,
    ) -> Result<()> {
        let record = made.name.to_str().and_then(|name| self.state.files.get_mut(name));
        let (Some(record), Some(published)) = (record, published) else { return Ok(()) };
        let (key, output) = (verdict_key.to_owned(), output.path.clone());
        // A path that JSON cannot hold would make the whole state unwritable.
        record.verdict = output.to_str().is_some().then_some(Verdict { key, warnings, output, published });
        self.save()
    }

    fn save(&mut self) -> Result<()> {
        let path = self.stages.join(format!("{}.json", self.key.as_str()));
        self.state.save(&path).map_err(|error| Error::io("write", &path, &error))
    }

    /// Everything in the folder, by name.
    fn entries(&self) -> Result<BTreeMap<OsString, PathBuf>> {
        let folder = self.folder();
        let failed = |error| Error::io("read", &folder, &error);
        let entries = fs::read_dir(&folder).map_err(failed)?;
        let named = entries.map(|entry| entry.map(|entry| (entry.file_name(), entry.path())));
        named.collect::<io::Result<_>>().map_err(failed)
    }

    fn copy_prefix(&self) -> String {
        format!("{}.copy-", self.key.as_str())
    }

    /// Deletes copies and halves of states of runs that were killed: with the lock held nobody else has one.
    fn sweep(&self) {
        let prefixes = [self.copy_prefix(), format!("{}.json.", self.key.as_str())];
        for entry in fs::read_dir(&self.stages).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if prefixes.iter().any(|prefix| name.as_encoded_bytes().starts_with(prefix.as_bytes())) {
                // It is in nobody's way if it stays.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.unsettled {
            // Costs a link next time if it fails.
            let _ = self.produced(false);
        }
    }
}

/// Sets the file's times to now if it still is that file, and gives its new identity.
fn touch(path: &Path, expected: &Identity) -> Option<Identity> {
    // By name first: a link to that file is not that file, and opening a pipe would wait.
    if Identity::from(&fs::symlink_metadata(path).ok()?) != *expected {
        return None;
    }
    let file = File::open(path).ok()?;
    let same = Identity::from(&file.metadata().ok()?) == *expected;
    let now = SystemTime::now();
    same.then_some(())?;
    file.set_times(FileTimes::new().set_accessed(now).set_modified(now)).ok()?;
    Some(Identity::from(&file.metadata().ok()?))
}

/// Opens and locks the file. A lock file may be deleted by the one who holds it
/// ([`Cache::trim`]), so it is looked at again once it is locked.
fn lock(path: &Path, on_wait: impl FnOnce(&Path), interrupted: impl Fn() -> bool) -> Result<File> {
    let failed = |error| Error::io("lock", path, &error);
    let mut on_wait = Some(on_wait);
    loop {
        let file = kept::marker(path).map_err(failed)?;
        // Tried again and again instead of waited for: a waiting system call is started anew after a
        // signal, and Ctrl-C would do nothing.
        loop {
            match file.try_lock() {
                Ok(()) => break,
                // Some network file systems have no locks; what is published is proven all the same.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => break,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) => {}
            }
            if let Some(on_wait) = on_wait.take() {
                on_wait(path);
            }
            if interrupted() {
                return Err(Error::new("interrupted"));
            }
            thread::sleep(RETRY);
        }
        let mine = Identity::from(&file.metadata().map_err(failed)?);
        if fs::metadata(path).is_ok_and(|found| Identity::from(&found).same_inode(&mine)) {
            return Ok(file);
        }
    }
}
