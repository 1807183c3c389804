//! Puts a Dockerfile where the user wants it, and never over somebody's edits.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::cli::{DockerfileArgs, Process};
use crate::dockerfile::render::Rendered;
use crate::dockerfile::render::seal::{Found, found};
use crate::error::{Error, Result};
use crate::host::file::{TEXT, read_at_most};
use crate::report::Reporter;

/// The Dockerfile, and `.dockerignore` where it was asked for. Both are looked at before one is written.
pub(super) fn write(
    process: &Process,
    output: &Path,
    rendered: &Rendered,
    words: &DockerfileArgs,
    reporter: &dyn Reporter,
) -> Result<()> {
    let mut files: Vec<(PathBuf, &str)> = vec![(output.to_owned(), &rendered.text)];
    if words.ignore {
        // A builder reads it at the top of what it is given.
        files.push((output.with_file_name(".dockerignore"), &rendered.ignore));
    }
    let mut changed = Vec::new();
    for (path, text) in &files {
        if differs(&process.dir.join(path), path, text, words.force)? {
            changed.push((path, *text));
        }
    }
    for (path, text) in &files {
        if changed.iter().any(|(other, _)| *other == path) {
            put(&process.dir.join(path), path, text)?;
            reporter.status("Wrote", &path.display().to_string());
        } else {
            reporter.status("Unchanged", &path.display().to_string());
        }
    }
    Ok(())
}

/// Whether the file has to be written; an error where somebody's own text would be lost.
fn differs(path: &Path, shown: &Path, text: &str, force: bool) -> Result<bool> {
    let old = match read_at_most(path, TEXT) {
        Ok(old) => old,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(Error::io("read", shown, &error)),
    };
    if old == text.as_bytes() {
        return Ok(false);
    }
    if force || found(&String::from_utf8_lossy(&old)) == Found::Own {
        return Ok(true);
    }
    Err(Error::new(format!("{} was written or changed by somebody else, so it is kept", shown.display()))
        .detail("  the hash on its first line does not match its text")
        .help(format!("see what would change: gobuild dockerfile | diff {} -", shown.display()))
        .help("overwrite it: --force"))
}

/// Whole or not at all.
fn put(path: &Path, shown: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| Error::io("write", shown, &error);
    let folder = path.parent().unwrap_or(Path::new("."));
    // A link stays one: what it leads to is written.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mode = fs::metadata(&path).map_or(0o644, |old| old.permissions().mode() & 0o7777);
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(folder)).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(fs::Permissions::from_mode(mode)).map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}
