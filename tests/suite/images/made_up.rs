//! Made-up images: the seeds of `fuzz/` and changed ones, through everything that reads images.

use std::fs::File;

use gobuild::config::lock::Lock;
use gobuild::host::file::OpenFile;
use gobuild::image::RunConfig;
use gobuild::source::archive::Archive;
use gobuild::source::limits::Limits;
use gobuild::source::tally::Tally;
use gobuild::source::{ImageSource as _, read_image};

use crate::support::made_up::fuzz::images as fuzz;
use crate::support::made_up::{seeds, show};

/// The seeds are what they are meant to be: each gets to the end of its reader.
#[test]
fn the_seeds_are_sound() {
    // What is made of a seed lies in a file, packed as the choice in its first byte says.
    let whole = |target: &str, name: &str| {
        let path = seeds(target).into_iter().find(|path| path.ends_with(name)).unwrap();
        std::fs::read(path).unwrap().split_off(1)
    };
    let mut files = Vec::new();
    for name in ["bare", "pax", "gzip", "zstd", "packed", "oci"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, whole("layers", name)).unwrap();
        let file = OpenFile::from_file(File::open(&path).unwrap()).unwrap();
        let archive = Archive::open(file, name, &Tally::new(&Limits::default())).unwrap();
        let opened = read_image(&archive, &archive.offered()[0], &Tally::new(&Limits::default())).unwrap();
        files.push((name, opened.tree.entries().len()));
    }
    assert_eq!(files, [("bare", 11), ("pax", 12), ("gzip", 11), ("zstd", 11), ("packed", 11), ("oci", 1)]);
    let lock = String::from_utf8(whole("documents", "lock")).unwrap();
    assert_eq!(Lock::parse("gobuild.lock", &lock).unwrap().pins.len(), 1);
    assert_eq!(RunConfig::parse(&whole("documents", "config")).unwrap().entrypoint, ["/x"]);
}

#[test]
fn made_up_layers_are_read_to_their_end() {
    show("layers", fuzz::layers);
}

#[test]
fn made_up_caches_are_read_to_their_end() {
    show("ldcache", fuzz::ldcache);
}

#[test]
fn made_up_texts_are_read_to_their_end() {
    show("texts", fuzz::texts);
}

#[test]
fn made_up_documents_are_read_to_their_end() {
    show("documents", fuzz::documents);
}
