//! Two builds at once.

use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use gobuild::cache::Cache;
use gobuild::staging::key::Key;
use gobuild::staging::stage::Stage;

use super::open;

fn key(output: &str) -> Key {
    Key::new(Path::new(output), "alpine", "linux/amd64", "")
}

#[test]
fn the_second_build_of_an_output_says_that_it_waits_and_then_goes_on() {
    let root = tempfile::tempdir().unwrap();
    let cache = Cache::at(root.path());
    let first = open(&cache, &key("/out/rpc"));
    let (waiting, told) = channel();
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let on_wait = |path: &Path| waiting.send(path.to_owned()).unwrap();
            Stage::open(&cache, &key("/out/rpc"), on_wait, || false).unwrap().folder()
        });
        let lock = told.recv().unwrap();
        assert_eq!(lock.extension().unwrap(), "lock");
        assert!(!second.is_finished());
        let folder = first.folder();
        drop(first);
        assert_eq!(second.join().unwrap(), folder);
    });
}

#[test]
fn builds_of_two_outputs_do_not_wait() {
    let root = tempfile::tempdir().unwrap();
    let cache = Cache::at(root.path());
    let _first = open(&cache, &key("/out/rpc"));
    let waits = |_: &Path| panic!("waited for another output");
    Stage::open(&cache, &key("/out/other"), waits, || false).unwrap();
}

#[test]
fn a_signal_ends_the_waiting() {
    let root = tempfile::tempdir().unwrap();
    let cache = Cache::at(root.path());
    let _first = open(&cache, &key("/out/rpc"));
    assert!(Stage::open(&cache, &key("/out/rpc"), |_| {}, || true).is_err());
}

#[test]
fn a_stage_that_was_trimmed_while_somebody_waited_is_made_anew() {
    let root = tempfile::tempdir().unwrap();
    let cache = Cache::at(root.path());
    let first = open(&cache, &key("/out/rpc"));
    let folder = first.folder().parent().unwrap().to_owned();
    let (waiting, told) = channel();
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let on_wait = |_: &Path| waiting.send(()).unwrap();
            Stage::open(&cache, &key("/out/rpc"), on_wait, || false).unwrap()
        });
        told.recv().unwrap();
        // As trimming does, with the lock held.
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::remove_file(folder.with_extension("lock")).unwrap();
        drop(first);
        let second = second.join().unwrap();
        assert!(second.folder().is_dir() && folder.with_extension("lock").is_file());
        // Nobody else gets in beside it.
        assert!(Stage::open(&cache, &key("/out/rpc"), |_| {}, || true).is_err());
    });
}
