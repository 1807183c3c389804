//! The catalogue against the packages: what is read of a root that is made of an image's own packages is what
//! the image's row says, cell by cell.

use gobuild::image::{Image, Root as Files};
use serde_json::Value;

use super::roots::{ROOTS, Root};
use super::{missing, skip, tools};
use crate::support::project::Project;

const RUNTIME: &[&str] = &["glibcxx", "cxxabi", "gcc"];

/// The cells that a root has from the packages, and not from the script that made it.
fn cells(root: &Root) -> &'static [&'static str] {
    match root.name {
        "empty" => &["libc", "ca_certificates", "zoneinfo", "shell", "users", "tmp", "nsswitch"],
        "files-alone" => &["libc", "shell", "tmp", "nsswitch"],
        "glibc-2.31-cxx" | "glibc-2.36-cxx" | "glibc-2.41-cxx" => &["libc", "amd64_level", "runtime"],
        "glibc-2.36-distroless" => &["libc", "amd64_level", "runtime", "shell", "nsswitch"],
        // Of the next suite, where the mirror could not give this one's: see scripts/fetch.table.
        "riscv64-glibc" if !tools::fetched("cache/packages/trixie/riscv64").is_dir() => &[],
        _ => &["libc"],
    }
}

/// What differs between a reading and a row; what the row does not know differs too.
fn differences(read: &Value, row: &Value, cells: &[&str]) -> Vec<String> {
    let mut all: Vec<(String, &Value, &Value)> = Vec::new();
    for cell in cells {
        if *cell == "runtime" {
            all.extend(
                RUNTIME.iter().map(|part| (format!("runtime.{part}"), &read[cell][part], &row[cell][part])),
            );
        } else {
            all.push(((*cell).to_owned(), &read[*cell], &row[*cell]));
        }
    }
    let differ = all.into_iter().filter(|(_, read, row)| read != row || *row == "unknown");
    differ.map(|(cell, read, row)| format!("{cell}: {read} was read, the row says {row}")).collect()
}

fn inspect(root: &Root) -> (Value, Files) {
    let folder = root.path();
    let line = ["image", "inspect", "--message-format", "json", "--platform", root.platform];
    let words = line.map(std::ffi::OsString::from).into_iter().chain([folder.into_os_string()]);
    let output = Project::empty().gobuild(words).stdout_any().check();
    let mut said: Value = serde_json::from_str(output.stdout.trim()).expect("it is one object");
    let files = serde_json::from_value(said["root"].take()).expect("the root is in it");
    (said["image"].take(), files)
}

fn row(name: &str) -> (Image, Value) {
    let image = gobuild::image::resolve(name).expect("the catalogue knows it");
    let value = serde_json::to_value(&image).expect("facts are data");
    (image, value)
}

#[test]
fn what_is_read_of_the_packages_is_what_the_row_says() {
    if let Some(reason) = missing() {
        skip!("{reason}");
    }
    let foreign = tools::fetched("cache/oracle/roots-matrix.complete").is_file();
    let (mut wrong, mut images) = (Vec::new(), Vec::new());
    for root in ROOTS.iter().filter(|root| foreign || !root.matrix) {
        let Some(name) = root.image else { continue };
        let (read, files) = inspect(root);
        let (image, said) = row(name);
        let mut complaints = differences(&read, &said, cells(root));
        let platform = root.platform.parse().expect("it is a platform");
        match image.loader_on(&platform).known() {
            Some(Some(loader)) if files.library(loader).is_none() => {
                complaints.push(format!("{loader} is not there"));
            }
            Some(_) => {}
            None => complaints.push("the row knows no loader".to_owned()),
        }
        for library in ["libgcc_s.so.1", "libstdc++.so.6"] {
            let there = read["libraries"]["present"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one == library));
            if there && image.library_on(&platform, library) == gobuild::image::Fact::Known(false) {
                complaints.push(format!("{library} is there, and the row says it is not"));
            }
        }
        wrong.extend(complaints.into_iter().map(|words| format!("{} ({name}): {words}", root.name)));
        images.push(name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for suite in ["debian:11", "debian:12", "debian:13", "scratch", "alpine:3.22"] {
        assert!(images.contains(&suite), "{suite} was not asked: {images:?}");
    }
}

/// The comparison can fail: every suite differs from the next one's row in every cell that it is asked for.
#[test]
fn another_suites_row_does_not_agree() {
    if let Some(reason) = missing() {
        skip!("{reason}");
    }
    for (name, other) in
        [("glibc-2.31-cxx", "debian:12"), ("glibc-2.36-cxx", "debian:13"), ("glibc-2.41-cxx", "debian:11")]
    {
        let root = ROOTS.iter().find(|root| root.name == name).expect("the root is listed");
        let found = differences(&inspect(root).0, &row(other).1, &["libc", "runtime"]);
        assert_eq!(found.len(), 1 + RUNTIME.len(), "{name} against {other}: {found:?}");
    }
}
