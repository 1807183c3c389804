//! Archives that are small and want to fill memory or disk: gobuild stays below 256 MiB, whatever is in them.

use std::process::{Command, Output};

use serde_json::json;

use crate::support::layers::{Layer, Layout, gzip, saved};
use crate::support::library::Library;
use crate::support::project::Project;

/// Kibibytes of private memory, stacks and all, that gobuild may take: what it asks for beyond is refused it.
const MEMORY: u64 = 256 << 10;
/// The same of disk: blocks of a temporary file, of 512 or 1024 bytes as the shell has it. The largest archive here
/// has half a gigabyte of names.
const DISK: u64 = 1 << 20;

fn one(layer: Vec<u8>) -> Vec<u8> {
    saved("corp/bad:1", &json!({ "os": "linux", "architecture": "amd64" }), &[layer])
}

/// What comes of inspecting an archive with so much room.
fn inspect(archive: &[u8]) -> (Output, String) {
    assert!(archive.len() < 100 << 20, "a small archive has {} bytes", archive.len());
    let project = Project::empty().file("bad.tar", archive);
    let line = format!("ulimit -d {MEMORY} && ulimit -f {DISK} && exec \"$@\"");
    let done = Command::new("sh")
        .args(["-c", &line, "sh", env!("CARGO_BIN_EXE_gobuild"), "image", "inspect", "bad.tar"])
        .current_dir(project.path("."))
        .output()
        .expect("there is a shell");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done, said)
}

/// It is read, and these words are said of it.
fn read(archive: &[u8], words: &str) {
    let (done, said) = inspect(archive);
    assert!(done.status.success() && said.contains(words), "{}: {said}", done.status);
}

/// It is refused with these words.
fn refused(archive: &[u8], words: &str) {
    let (done, said) = inspect(archive);
    assert!(done.status.code() == Some(2) && said.contains(words), "{}: {said}", done.status);
}

const TOO_MUCH: &str = "the names and libraries of the image take more than 134217728 bytes of memory";

/// The same library under many names, each with another number in it so that each is another file.
fn libraries(number: usize, library: &[u8]) -> Vec<u8> {
    let names = 0..number;
    names.fold(Layer::new(), |layer, number| layer.file(&format!("lib/lib{number}.so"), library)).gzip()
}

#[test]
fn names_that_no_loader_opens_are_not_kept() {
    let strings = [b"\0".as_slice(), &b"x".repeat(65_000), b"\0"].concat();
    let library = Library { needed: vec![1; 64], strings, ..Library::default() };
    read(&one(libraries(300, &library.file())), "300 loaders and libraries");
}

#[test]
fn libraries_that_need_too_much_end_in_an_error() {
    let strings = [b"\0".as_slice(), &b"x".repeat(4000), b"\0"].concat();
    let library = Library { needed: vec![1; 1000], strings, ..Library::default() };
    refused(&one(libraries(300, &library.file())), TOO_MUCH);
}

#[test]
fn a_library_under_many_names_is_counted_for_each() {
    let mut strings = vec![0];
    let names = (0..60_000).map(|number| {
        let place = u32::try_from(strings.len()).expect("a small table");
        strings.extend(format!("{number}\0").bytes());
        place
    });
    let names: Vec<u32> = names.collect();
    for section in [1, 0] {
        let symbols = names.iter().map(|name| (*name, section)).collect();
        let library = Library { strings: strings.clone(), symbols, ..Library::default() };
        let mut layer = Layer::new().file("lib/lib.so", &library.file());
        for number in 0..160 {
            layer = layer.hard(&format!("lib/lib{number}.so"), "lib/lib.so");
        }
        let (done, said) = inspect(&one(layer.gzip()));
        // No relocation asks for what others define, so nothing of it is kept.
        assert_eq!(done.status.code(), Some(if section == 1 { 2 } else { 0 }), "{section}: {said}");
    }
}

#[test]
fn a_large_string_table_is_not_read_whole() {
    let mut strings = b"\0first\0".to_vec();
    strings.resize(63 << 20, b'x');
    strings.push(0);
    let symbols = (0..1_000_000).map(|_| (1, 1)).collect();
    let library = Library { strings, symbols, ..Library::default() };
    read(&one(libraries(1, &library.file())), "1 loaders and libraries");
}

#[test]
fn a_million_links_end_in_an_error() {
    let mut layer = tar::Builder::new(Vec::new());
    for number in 0..900_000 {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        layer.append_link(&mut header, format!("l{number}"), "x").expect("memory takes it");
    }
    let layer = gzip(&layer.into_inner().expect("memory takes it"));
    refused(&one(layer.clone()), TOO_MUCH);
    // The same without an image around it, and as names of the archive itself.
    refused(&layer, TOO_MUCH);
}

#[test]
fn a_layer_that_comes_sixty_times_is_read_once() {
    let program = [b"#!/bin/sh\n".as_slice(), &vec![b'#'; 64 << 20]].concat();
    let layer = Layer::new().file("bin/sh", &program).gzip();
    let mut layout = Layout::default();
    let image = layout.image("linux/amd64", &json!({}), &vec![layer; 60]);
    layout.name(image, "corp/bad:1");
    read(&layout.tar(), "shell         /bin/sh");
}
