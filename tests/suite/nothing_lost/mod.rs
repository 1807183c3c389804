//! Nothing is lost: builds that are killed, crowded, out of room or given a go that misbehaves.

mod crowd;
mod elsewhere;
mod go_gone_wrong;
mod kills;
mod places;
mod spoilt;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What stood at the output before. It begins as a program does: go replaces nothing else.
const OLD: &[u8] = b"\x7fELF the old one";

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect()
}
