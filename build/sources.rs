//! What the sources of a few rooms are, as one word: an answer that they made holds only as long as they are the same.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Every file below these files and folders, in the order of their names.
///
/// # Errors
/// One of them is not there, or cannot be read.
pub(crate) fn files(roots: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = roots.to_vec();
    while let Some(path) = open.pop() {
        if fs::metadata(&path)?.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Names and contents of these files as one SHA-256, in hexadecimal. Names count from `base`, so that the word is the
/// same in every checkout.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn fingerprint(base: &Path, files: &[PathBuf]) -> io::Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(base).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let content = fs::read(file)?;
        for part in [name.as_bytes(), &content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let mut word = String::new();
    for byte in hash.finalize() {
        // Writing to a String does not fail.
        let _ = write!(word, "{byte:02x}");
    }
    Ok(word)
}
