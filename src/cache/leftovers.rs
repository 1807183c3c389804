//! What grows in the cache beside stages: remembered answers, and zig's own cache.
//!
//! Answers (`goenv`, `code`, `compilers`) go by age: a question that nobody asks any more leaves one behind, and one
//! that is still asked costs a single `go list` a month. zig never trims its cache (226 MB after ten targets, and
//! more with each C file that changes); it goes whole, since nothing in it says when it was last used. The programs
//! that stand for zig's compilers (`cc`) are some kilobytes each, may be about to be started, and stay.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::cache::kept;

/// How long an answer is kept.
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where answers are.
const ANSWERS: &[&str] = &["code", "compilers", "goenv"];

/// Deletes answers that are older than a month.
pub(super) fn answers(root: &Path) {
    for file in
        ANSWERS.iter().flat_map(|folder| fs::read_dir(root.join(folder)).into_iter().flatten().flatten())
    {
        let made = file.metadata().and_then(|metadata| metadata.modified());
        let age = made.ok().and_then(|made| SystemTime::now().duration_since(made).ok());
        if age.is_some_and(|age| age > MONTH) {
            let _ = kept::remove(&file.path());
        }
    }
}

/// Held while zig may be running: as long as it is, zig's cache stays.
///
/// # Errors
/// The lock cannot be made: then nothing is held, and the cache may go under a running zig.
pub(super) fn hold_zig(root: &Path) -> io::Result<File> {
    let lock = kept::marker(&root.join("zig.lock"))?;
    lock.lock_shared()?;
    Ok(lock)
}

/// Deletes zig's cache where it has more than `max` bytes and no build is under way.
pub(super) fn zig(root: &Path, max: u64) {
    let gone = root.join("zig.gone");
    let moved = || -> io::Result<()> {
        let cache = root.join("zig");
        if size(&cache) <= max {
            return Ok(());
        }
        let lock = kept::marker(&root.join("zig.lock"))?;
        lock.try_lock()?;
        // The C library has to be made anew, and the line about the wait is to come again.
        for made in fs::read_dir(root.join("cc")).into_iter().flatten().flatten() {
            let _ = fs::remove_file(made.path().join("warm"));
        }
        fs::rename(cache, &gone)
    };
    // What a run that was killed left behind would be in the way.
    let _ = fs::remove_dir_all(&gone);
    let _ = moved();
    let _ = fs::remove_dir_all(&gone);
}

/// Bytes of all files below a folder; links are not followed.
fn size(folder: &Path) -> u64 {
    let mut total = 0;
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => waiting.push(entry.path()),
                Ok(metadata) => total += metadata.len(),
                Err(_) => {}
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(root: &Path, path: &str, bytes: usize) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, vec![b'x'; bytes]).unwrap();
    }

    #[test]
    fn answers_that_nobody_has_asked_for_in_a_month_go() {
        let cache = tempfile::tempdir().unwrap();
        for folder in ANSWERS {
            for (name, days) in [("old.json", 31), ("young.json", 29)] {
                file(cache.path(), &format!("{folder}/{name}"), 1);
                let made = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
                let path = cache.path().join(folder).join(name);
                File::options().write(true).open(path).unwrap().set_modified(made).unwrap();
            }
        }
        answers(cache.path());
        for folder in ANSWERS {
            let left: Vec<_> = fs::read_dir(cache.path().join(folder)).unwrap().flatten().collect();
            assert_eq!(left.len(), 1, "{folder}");
            assert_eq!(left[0].file_name(), "young.json");
        }
    }

    #[test]
    fn zigs_cache_goes_whole_where_it_is_too_large_and_nobody_uses_it() {
        let cache = tempfile::tempdir().unwrap();
        let root = cache.path();
        file(root, "zig/o/1/libc.a", 60);
        file(root, "zig/h/2", 60);
        file(root, "cc/x86_64-linux-musl-1/cc", 1);
        file(root, "cc/x86_64-linux-musl-1/warm", 0);
        zig(root, 120);
        assert!(root.join("zig/h/2").exists(), "it is not too large");
        let held = hold_zig(root).unwrap();
        let second = hold_zig(root).unwrap();
        zig(root, 119);
        drop(held);
        zig(root, 119);
        assert!(root.join("zig/h/2").exists(), "a build is under way");
        drop(second);
        file(root, "zig.gone/left/behind", 1);
        zig(root, 119);
        assert!(!root.join("zig").exists() && !root.join("zig.gone").exists());
        let programs = root.join("cc/x86_64-linux-musl-1");
        assert!(programs.join("cc").exists() && !programs.join("warm").exists());
    }
}
