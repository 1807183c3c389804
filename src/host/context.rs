//! The build context: what lies in a folder, as `docker build` would send it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::host::file::read_at_most;

/// One thing in the folder: its path with `/`, whether it is a folder, and whether its owner may run it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Relative to the folder.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether its mode has an x; none for links and pipes.
    pub executable: Option<bool>,
}

/// More than this is not listed: no advice is worth it.
const MOST: usize = 500_000;
/// A longer file is not read as text, in bytes.
const LONGEST: u64 = 1 << 20;

/// What lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Sorted by path.
    pub seen: Vec<Seen>,
    /// Whether a folder could not be read, or the list was cut: what is not in it may still be there.
    pub cut: bool,
}

/// Everything in the folder. The insides of `.git` and `node_modules`, and names that are no text, are left out.
pub fn list(folder: &Path) -> Listing {
    let mut cut = false;
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&below)) else {
            cut = true;
            continue;
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(kind) = entry.file_type() else { continue };
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if found.len() >= MOST {
                cut = true;
                break;
            }
            if kind.is_dir() && !matches!(name.as_str(), ".git" | "node_modules") {
                open.push(path.clone());
            }
            let plain = entry.metadata().ok().filter(|meta| meta.is_file() || meta.is_dir());
            let executable = plain.and_then(|meta| mode(&meta));
            found.push(Seen { path, folder: kind.is_dir(), executable });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Listing { seen: found, cut }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such mode")]
fn mode(meta: &fs::Metadata) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> Option<bool> {
    None
}

/// The text of a file of moderate size; none for what is no file, such as a pipe, which nobody may ever write to.
pub fn text(path: &Path) -> Option<String> {
    let bytes = read_at_most(path, LONGEST).ok()?;
    (!bytes.contains(&0)).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether there is anything of that name, a dangling link included.
pub fn is_there(path: &Path) -> bool {
    // Whoever may not look cannot say that nothing is there.
    let absent =
        |error: std::io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    fs::symlink_metadata(path).map_or_else(|error| !absent(error), |_| true)
}
